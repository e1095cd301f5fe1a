package org.espalier.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher that the build leaves, as a user starts it: another folder, only java there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherIT {

  private static final Path LAUNCHER =
      Path.of("../examples/target/espalier").toAbsolutePath().normalize();

  private record Result(int exit, String out, List<String> err) {}

  @TempDir private Path folder;

  private Result run(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(LAUNCHER.toString()), Stream.of(arguments)).toList())
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("JAVA_HOME");
    // Nothing but java: not even the usual tools of the shell.
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path java = bin.resolve("java");
    if (!Files.exists(java)) {
      Files.createSymbolicLink(java, Path.of(System.getProperty("java.home"), "bin", "java"));
    }
    builder.environment().put("PATH", bin.toString());
    int exit = builder.start().waitFor();
    return new Result(exit, Files.readString(out), Files.readAllLines(err, StandardCharsets.UTF_8));
  }

  @Test
  void helps() throws Exception {
    Result result = run("--help");
    assertEquals(0, result.exit(), result.err().toString());
    assertTrue(result.out().contains("prune"), result.out());
    assertEquals(List.of(), result.err());
  }

  @Test
  void refusesInOneLine() throws Exception {
    Result result = run("prune", "--sparsity", "1.0");
    assertEquals(2, result.exit());
    assertEquals(
        List.of(
            "espalier: --sparsity: expected a fraction of zeros in [0, 1), found 1.0; 0.9 prunes"
                + " nine weights of ten"),
        result.err());
    assertEquals("", result.out());
  }

  @Test
  void prunesWithTheVectorApi() throws Exception {
    Result result = run("prune", "--epochs", "1", "--threads", "1", "--out", "results");
    assertEquals(0, result.exit(), result.err().toString());
    assertEquals(List.of(), result.err());
    assertTrue(result.out().contains("kernels simd-"), result.out());
    assertTrue(Files.isRegularFile(folder.resolve("results/report.html")));
  }

  @Test
  void benchesWithTheVectorApiAndThreadsThatDoNotSpin() throws Exception {
    Result result =
        run(
            "bench",
            "--shapes",
            "64,64,49",
            "--pattern",
            "block:4x1",
            "--sparsity",
            "0.9",
            "--threads",
            "2",
            "--rounds",
            "1",
            "--json",
            "bench.json");
    assertEquals(0, result.exit(), result.err().toString());
    assertEquals(List.of(), result.err());
    assertTrue(result.out().contains("kernels simd-"), result.out());
    String json = Files.readString(folder.resolve("bench.json"));
    assertTrue(json.contains("\"wait_policy\" : \"passive\""), json);
    assertTrue(json.contains("\"kernel\" : \"blocks4-"), json);
  }
}
