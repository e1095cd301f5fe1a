package org.espalier.examples.output;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The files of a result: looked at before the work begins, so that no long run ends in nothing;
 * written together after it.
 *
 * @param json for the figures
 * @param plot for the plot
 */
public record ResultFiles(Optional<Path> json, Optional<Path> plot) {

  /**
   * Refuses what cannot be written.
   *
   * @throws org.espalier.sparse.EspalierException with the option or the file
   */
  public void require() {
    plot.ifPresent(ChartFile::requireKnownEnding);
    if (json.isPresent() && plot.isPresent() && absolute(json.get()).equals(absolute(plot.get()))) {
      throw new InvalidInputException(
          "--plot", "another file than --json", plot.get().toString(), "name a new file");
    }
    json.ifPresent(file -> requireWritable("--json", file));
    plot.ifPresent(file -> requireWritable("--plot", file));
  }

  /**
   * Refuses to write over an input.
   *
   * @param input that is read
   * @throws InvalidInputException naming the option
   */
  public void requireOther(Path input) {
    requireOther("--json", json, input);
    requireOther("--plot", plot, input);
  }

  private static void requireOther(String option, Optional<Path> file, Path input) {
    if (file.isPresent() && absolute(file.get()).equals(absolute(input))) {
      throw new InvalidInputException(
          option, "another file than the input", input.toString(), "name a new file");
    }
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

  /**
   * Writes both or none.
   *
   * @param result a record
   * @param chart drawn only if a plot is asked for
   */
  public void write(Object result, Supplier<Chart<?, ?>> chart) {
    JsonOutput.write(
        json, result, () -> plot.ifPresent(file -> ChartFile.write(file, chart.get())));
  }
}
