package org.espalier.experiments.features;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.io.AtomicFile;

/**
 * What came of one choice of pixels, with a file of four lines.
 *
 * @param selectSeconds of the choice
 * @param treesSeconds of the training of the trees
 * @param accuracy of the trees on the test set, in [0, 1]
 * @param pixels chosen, best first; empty for all
 */
record SelectionRun(
    double selectSeconds, double treesSeconds, double accuracy, List<Integer> pixels) {

  /** Reads a run. */
  static SelectionRun read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Integer> pixels = new ArrayList<>();
    for (String pixel : lines.get(3).split(" ")) {
      if (!pixel.isEmpty()) {
        pixels.add(Integer.valueOf(pixel));
      }
    }
    return new SelectionRun(
        Double.parseDouble(lines.get(0)),
        Double.parseDouble(lines.get(1)),
        Double.parseDouble(lines.get(2)),
        pixels);
  }

  /** Writes the run. */
  void write(Path file) throws IOException {
    String text =
        selectSeconds
            + "\n"
            + treesSeconds
            + "\n"
            + accuracy
            + "\n"
            + String.join(" ", pixels.stream().map(String::valueOf).toList())
            + "\n";
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
