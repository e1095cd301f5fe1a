package org.espalier.experiments.survival;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts a {@link Victim} in a JVM of its own, kills it with SIGKILL at random moments, starts it
 * again each time, and lets it end.
 *
 * @param optimizer {@code sgd} or {@code adam}
 * @param epochs of 63 steps
 * @param folder for the checkpoints; must not exist
 */
record Murder(String optimizer, int epochs, Path folder) {

  /**
   * What happened.
   *
   * @param kills how often the process was killed before it had ended
   * @param whileWriting how many of these left a checkpoint half written
   * @param seconds from the first {@code ready} to the end, without the starts of processes
   * @param last the newest checkpoint
   */
  record Outcome(int kills, int whileWriting, double seconds, Path last) {}

  /** Lets it live. */
  Outcome none() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    double seconds = live(Double.POSITIVE_INFINITY);
    return new Outcome(0, 0, seconds, newest());
  }

  /**
   * Kills it again and again.
   *
   * @param kills how often
   * @param seconds that a whole life takes: lives last from 0 to twice their fair share of it
   */
  Outcome repeated(int kills, double seconds, SplittableRandom random)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    double total = 0;
    int killed = 0;
    int whileWriting = 0;
    for (int i = 0; i < kills; i++) {
      double life = random.nextDouble(2 * seconds / (kills + 1));
      double lived = live(life);
      total += lived;
      if (lived >= life) {
        killed++;
        whileWriting += halfWritten() ? 1 : 0;
      }
    }
    total += live(Double.POSITIVE_INFINITY);
    return new Outcome(killed, whileWriting, total, newest());
  }

  /**
   * Lives until the end or until killed.
   *
   * @param limitS seconds after which it is killed
   * @return seconds that it lived, at least the limit if it was killed
   */
  private double live(double limitS) throws IOException, InterruptedException {
    Path errors = folder.resolveSibling(folder.getFileName() + "-errors.txt");
    Process process = new ProcessBuilder(command()).redirectError(errors.toFile()).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      if (!Victim.READY.equals(line)) {
        process.waitFor();
        throw new IOException(
            "the training said " + line + " and ended: " + Files.readString(errors));
      }
      long start = System.nanoTime();
      if (Double.isInfinite(limitS)) {
        process.waitFor();
      } else if (!process.waitFor((long) (limitS * 1e9), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly().waitFor();
        return Math.max(limitS, (System.nanoTime() - start) / 1e9);
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "the training ended with " + process.exitValue() + ": " + Files.readString(errors));
      }
      return Math.min((System.nanoTime() - start) / 1e9, Math.nextDown(limitS));
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules",
        "jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx512m",
        "-XX:TieredStopAtLevel=1",
        "-DOPT_OUT_TRACKING=true",
        "-Dai.djl.offline=true",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-cp",
        System.getProperty("java.class.path"),
        Victim.class.getName(),
        optimizer,
        Integer.toString(epochs),
        folder.toString());
  }

  private boolean halfWritten() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".tmp"));
    }
  }

  private Path newest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
          .max(Path::compareTo)
          .orElseThrow(() -> new IOException("no checkpoint in " + folder));
    }
  }
}
