package org.espalier.examples.tensor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.examples.output.JsonOutput;
import org.espalier.examples.output.TextTable;
import org.espalier.sparse.codec.Codec;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;

/** Brings a compressed file back as a tensor file, one tensor at a time. */
public final class DecodeJob {

  private final Path file;
  private final Path target;
  private final Optional<Path> json;
  private final PrintWriter out;

  /**
   * @param file compressed by {@code espalier encode}
   * @param target tensor file to write
   * @param json where figures are written for machines
   * @param out where the table is printed
   */
  public DecodeJob(Path file, Path target, Optional<Path> json, PrintWriter out) {
    this.file = file;
    this.target = target;
    this.json = json;
    this.out = out;
  }

  /**
   * What came back: the layout of the file that {@code espalier decode --json} writes.
   *
   * @param file compressed file
   * @param out tensor file
   * @param tensors in the order of the file
   * @param seconds from opening the file to the last byte
   */
  private record Result(String file, String out, List<Row> tensors, double seconds) {

    String table() {
      TextTable table = new TextTable("tensor", "shape", "type", "elements", "nonzeros");
      for (Row row : tensors) {
        table.row(
            row.name(),
            TextTable.shape(row.shape()),
            row.type(),
            TextTable.count(row.elements()),
            TextTable.count(row.nonzeros()));
      }
      table.rule();
      table.row(
          "total",
          "",
          "",
          TextTable.count(tensors.stream().mapToLong(Row::elements).sum()),
          TextTable.count(tensors.stream().mapToLong(Row::nonzeros).sum()));
      return table.text();
    }
  }

  /** One tensor. */
  private record Row(String name, int[] shape, String type, int elements, int nonzeros) {

    static Row of(TensorHeader header, Tensor tensor) {
      return new Row(
          header.name(), header.shape(), header.type().text(), header.elements(), nonZeros(tensor));
    }
  }

  /**
   * Writes the tensor file.
   *
   * @throws org.espalier.sparse.EspalierException if the input does not hold or an output cannot be
   *     written: no output was touched
   */
  public void run() {
    TensorFiles.requireKnownEnding(target);
    SeparateFiles.require("--out", target, "FILE", file);
    json.ifPresent(
        path -> {
          SeparateFiles.require("--json", path, "FILE", file);
          SeparateFiles.require("--json", path, "--out", target);
        });
    Result result = JsonOutput.write(json, this::decode);
    out.print(result.table());
    out.printf(Locale.ROOT, "tensors: %s (%.1f s)%n", target, result.seconds());
    out.flush();
  }

  private Result decode() {
    long start = System.nanoTime();
    List<Row> rows = new ArrayList<>();
    try (TensorFile source = Codec.open(file)) {
      TensorFiles.write(
          target,
          source.headers(),
          header -> {
            Tensor tensor = source.read(header);
            rows.add(Row.of(header, tensor));
            return tensor;
          });
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(file.toString(), target.toString(), rows, seconds);
  }

  private static int nonZeros(Tensor tensor) {
    int count = 0;
    if (tensor.type() == Tensor.Type.UINT8) {
      for (byte value : tensor.bytes()) {
        count += value == 0 ? 0 : 1;
      }
    } else {
      for (float value : tensor.floats()) {
        count += value == 0 ? 0 : 1;
      }
    }
    return count;
  }
}
