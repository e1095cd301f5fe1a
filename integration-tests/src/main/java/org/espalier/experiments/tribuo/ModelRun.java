package org.espalier.experiments.tribuo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.sparse.io.AtomicFile;

/**
 * What came of one training, with a file of four lines.
 *
 * @param score of the measure of the problem, on the test data
 * @param trainSeconds of the training
 * @param savedBytes of the model's protobuf file
 * @param learnedBytes of these without features, outputs and provenance
 */
record ModelRun(double score, double trainSeconds, long savedBytes, long learnedBytes) {

  /** Returns the place of a run. */
  static Path file(Path runs, String problem, String contestant, long seed) {
    return runs.resolve("%s-%s-seed-%d.txt".formatted(problem, contestant, seed));
  }

  /** Reads the runs of all seeds that a contestant has, in the order of the files' names. */
  static List<ModelRun> readAll(Path runs, String problem, String contestant) throws IOException {
    List<ModelRun> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(runs)) {
      String name = Pattern.quote(problem + "-" + contestant) + "-seed-\\d+\\.txt";
      for (Path file : files.filter(f -> matches(f, name)).sorted().toList()) {
        all.add(read(file));
      }
    }
    return all;
  }

  private static boolean matches(Path file, String name) {
    return file.getFileName().toString().matches(name);
  }

  /** Reads a run. */
  static ModelRun read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return new ModelRun(
        Double.parseDouble(lines.get(0)),
        Double.parseDouble(lines.get(1)),
        Long.parseLong(lines.get(2)),
        Long.parseLong(lines.get(3)));
  }

  /** Writes the run. */
  void write(Path file) throws IOException {
    String text = score + "\n" + trainSeconds + "\n" + savedBytes + "\n" + learnedBytes + "\n";
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
