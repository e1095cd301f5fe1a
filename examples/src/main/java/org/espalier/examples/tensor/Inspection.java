package org.espalier.examples.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.examples.output.TextTable;
import org.espalier.sparse.format.FormatBytes;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorHeader;
import org.espalier.sparse.mask.Mask;

/**
 * What the zeros of a tensor file are worth: the layout of the file that {@code espalier inspect
 * --json} writes.
 *
 * @param file that was looked at
 * @param tensors in the order of the file
 * @param total of all tensors; of the formats and patterns those that every tensor with two and
 *     more axes has
 */
record Inspection(String file, List<Row> tensors, Total total) {

  /**
   * One tensor.
   *
   * @param type of the values in the file
   * @param valueBytes bytes of one value in every format: those of the file
   * @param bytes by format, see {@link FormatBytes}
   * @param satisfies see {@link SatisfiedPatterns}
   */
  record Row(
      String name,
      String type,
      int[] shape,
      int elements,
      int nonzeros,
      double sparsity,
      int valueBytes,
      Map<String, Long> bytes,
      List<String> satisfies) {

    static Row of(TensorHeader header, Tensor tensor) {
      int width = header.type().bytes();
      if (header.elements() == 0) {
        return new Row(
            header.name(),
            header.type().text(),
            header.shape(),
            0,
            0,
            0,
            width,
            Map.of("dense", 0L),
            List.of());
      }
      Mask mask = Mask.ofNonZeros(floats(tensor), header.shape());
      return new Row(
          header.name(),
          header.type().text(),
          header.shape(),
          mask.elements(),
          mask.keptCount(),
          mask.sparsity(),
          width,
          FormatBytes.of(mask, width),
          SatisfiedPatterns.of(mask));
    }
  }

  /** Only zero or not matters: no number may become zero by rounding. */
  private static float[] floats(Tensor tensor) {
    if (tensor.type() != Tensor.Type.FLOAT64) {
      return tensor.floats();
    }
    double[] doubles = tensor.doubles();
    float[] signs = new float[doubles.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = doubles[i] == 0 ? 0 : 1;
    }
    return signs;
  }

  /** All tensors. */
  record Total(
      long elements,
      long nonzeros,
      double sparsity,
      Map<String, Long> bytes,
      List<String> satisfies) {

    static Total of(List<Row> rows) {
      long elements = rows.stream().mapToLong(Row::elements).sum();
      long nonzeros = rows.stream().mapToLong(Row::nonzeros).sum();
      List<Row> full = rows.stream().filter(row -> row.elements() > 0).toList();
      Map<String, Long> bytes = new LinkedHashMap<>();
      for (Row row : full) {
        row.bytes().forEach((format, size) -> bytes.merge(format, size, Long::sum));
      }
      bytes.keySet().removeIf(f -> !full.stream().allMatch(row -> row.bytes().containsKey(f)));
      List<Row> matrices = full.stream().filter(row -> row.shape().length >= 2).toList();
      List<String> satisfies =
          new ArrayList<>(matrices.isEmpty() ? List.of() : matrices.get(0).satisfies());
      matrices.forEach(row -> satisfies.retainAll(row.satisfies()));
      double sparsity = elements == 0 ? 0 : (double) (elements - nonzeros) / elements;
      return new Total(elements, nonzeros, sparsity, bytes, satisfies);
    }
  }

  /** Returns the table for a terminal. */
  String table() {
    TextTable table =
        new TextTable(
            "tensor",
            "shape",
            "elements",
            "non-zeros",
            "sparsity",
            "dense B",
            "COO B",
            "CSR B",
            "CSC B",
            "bitmask B");
    for (Row row : tensors) {
      table.row(
          row.name(),
          TextTable.shape(row.shape()),
          TextTable.count(row.elements()),
          TextTable.count(row.nonzeros()),
          TextTable.fraction(row.sparsity()),
          size(row.bytes(), "dense"),
          size(row.bytes(), "coo"),
          size(row.bytes(), "csr"),
          size(row.bytes(), "csc"),
          size(row.bytes(), "bitmask"));
    }
    table.rule();
    table.row(
        "total",
        "",
        TextTable.count(total.elements()),
        TextTable.count(total.nonzeros()),
        TextTable.fraction(total.sparsity()),
        size(total.bytes(), "dense"),
        size(total.bytes(), "coo"),
        size(total.bytes(), "csr"),
        size(total.bytes(), "csc"),
        size(total.bytes(), "bitmask"));
    return table.text();
  }

  /** Returns a line per tensor that satisfies a pattern or fits a blocked format. */
  String details() {
    TextTable table = new TextTable("tensor", "satisfies; other formats, bytes");
    for (Row row : tensors) {
      List<String> parts = new ArrayList<>();
      if (!row.satisfies().isEmpty()) {
        parts.add(String.join(" ", row.satisfies()));
      }
      row.bytes()
          .forEach(
              (format, size) -> {
                if (format.contains(":")) {
                  parts.add(
                      format
                          + (format.startsWith("bsr") ? " " : " packed ")
                          + TextTable.count(size));
                }
              });
      table.row(row.name(), parts.isEmpty() ? "-" : String.join("; ", parts));
    }
    return table.text();
  }

  private static String size(Map<String, Long> bytes, String format) {
    Long size = bytes.get(format);
    return size == null ? "-" : TextTable.count(size);
  }
}
