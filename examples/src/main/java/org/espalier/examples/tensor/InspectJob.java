package org.espalier.examples.tensor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.output.JsonOutput;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;

/** Shapes, zeros, bytes per format and satisfied patterns of the tensors of a file. */
public final class InspectJob {

  private final Path file;
  private final Optional<Path> json;
  private final PrintWriter out;

  /**
   * @param file to look at
   * @param json where figures are written for machines
   * @param out where the tables are printed
   */
  public InspectJob(Path file, Optional<Path> json, PrintWriter out) {
    this.file = file;
    this.json = json;
    this.out = out;
  }

  /**
   * Looks at the file.
   *
   * @throws org.espalier.sparse.EspalierException if it does not hold or an output cannot be
   *     written
   */
  public void run() {
    if (json.isPresent()
        && json.get().toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize())) {
      throw new InvalidInputException(
          "--json", "another file than the one to look at", file.toString(), "name a new file");
    }
    List<Inspection.Row> rows = new ArrayList<>();
    try (TensorFile open = TensorFiles.open(file)) {
      for (TensorHeader header : open.headers()) {
        rows.add(Inspection.Row.of(header, open.readWide(header)));
      }
    }
    Inspection inspection = new Inspection(file.toString(), rows, Inspection.Total.of(rows));
    JsonOutput.write(json, inspection, () -> {});
    out.print(inspection.table());
    out.println();
    out.print(inspection.details());
    out.flush();
  }
}
