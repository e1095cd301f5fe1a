package org.espalier.examples.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.examples.output.JsonOutput;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * The files of a benchmark: looked at before the first measurement, so that no long run ends in
 * nothing; written together after the last.
 *
 * @param json for the figures
 * @param plot for the plot
 */
record BenchOutputs(Optional<Path> json, Optional<Path> plot) {

  /**
   * Refuses what cannot be written.
   *
   * @throws org.espalier.sparse.EspalierException with the option or the file
   */
  void require() {
    plot.ifPresent(BenchPlot::requireKnownEnding);
    if (json.isPresent() && plot.isPresent() && absolute(json.get()).equals(absolute(plot.get()))) {
      throw new InvalidInputException(
          "--plot", "another file than --json", plot.get().toString(), "name a new file");
    }
    json.ifPresent(file -> requireWritable("--json", file));
    plot.ifPresent(file -> requireWritable("--plot", file));
  }

  private static void requireWritable(String option, Path file) {
    Path folder = absolute(file).getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new InvalidInputException(
          option, "a file in a folder that exists", file.toString(), "create the folder first");
    }
    if (!Files.exists(file) || Files.isRegularFile(file)) { // no device such as /dev/stdout
      AtomicFile.requireWritableDirectory(folder);
    }
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** Writes both or none. */
  void write(BenchResult result, String title) {
    JsonOutput.write(
        json,
        result,
        () -> plot.ifPresent(file -> BenchPlot.write(file, result.geometricMeans(), title)));
  }
}
