package org.espalier.experiments.tribuo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
