package org.espalier.examples.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.examples.output.TextTable;
import org.espalier.sparse.codec.CompressionReport;
import org.espalier.sparse.codec.SharedCoding;
import org.espalier.sparse.codec.StageBytes;
import org.espalier.sparse.codec.TensorCompression;
import org.espalier.sparse.io.TensorHeader;

/**
 * How small a tensor file became: the layout of the file that {@code espalier encode --json}
 * writes.
 *
 * @param file that was compressed
 * @param out compressed file
 * @param initialization of the shared values
 * @param seed of random centroids
 * @param tensors in the order of the file
 * @param total of the whole file
 * @param seconds from opening the file to the last byte
 * @param denseMegabytesPerSecond dense bytes / 1e6 / seconds
 */
record EncodeResult(
    String file,
    String out,
    String initialization,
    long seed,
    List<Row> tensors,
    Total total,
    double seconds,
    double denseMegabytesPerSecond) {

  /**
   * One tensor.
   *
   * @param coding null if its values are stored as they are
   */
  record Row(String name, int[] shape, long elements, StageBytes bytes, Coding coding) {}

  /**
   * What was coded of a tensor.
   *
   * @param bitsPerWeight Huffman coded, on average; null without weights
   * @param bitsPerIndex Huffman coded, on average; null without weights
   */
  record Coding(
      int weightBits,
      int indexBits,
      long nonzeros,
      long fillers,
      int codebookEntries,
      Double bitsPerWeight,
      Double bitsPerIndex) {

    private static Coding of(SharedCoding coding) {
      boolean some = coding.nonZeros() > 0;
      return new Coding(
          coding.bits().weightBits(),
          coding.bits().indexBits(),
          coding.nonZeros(),
          coding.fillers(),
          coding.codebookEntries(),
          some ? coding.bitsPerWeight() : null,
          some ? coding.bitsPerIndex() : null);
    }
  }

  /**
   * All tensors.
   *
   * @param bytes after each stage; the last is the size of the compressed file
   * @param compressionFactor dense bytes / bytes of the compressed file
   */
  record Total(long elements, StageBytes bytes, double compressionFactor) {}

  static EncodeResult of(
      EncodeOptions options, List<TensorHeader> headers, CompressionReport report, double seconds) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      TensorCompression tensor = report.tensors().get(i);
      rows.add(
          new Row(
              tensor.name(),
              headers.get(i).shape(),
              tensor.elements(),
              tensor.bytes(),
              tensor.coding().map(Coding::of).orElse(null)));
    }
    StageBytes total = report.total();
    long elements = rows.stream().mapToLong(Row::elements).sum();
    return new EncodeResult(
        options.file().toString(),
        options.out().toString(),
        options.initialization().name().toLowerCase(Locale.ROOT),
        options.seed(),
        rows,
        new Total(elements, total, total.factor()),
        seconds,
        total.dense() / 1e6 / seconds);
  }

  /** Returns the table for a terminal: sizes per stage, as in the paper's tables. */
  String table() {
    TextTable table =
        new TextTable(
            "tensor",
            "shape",
            "dense bytes",
            "pruned (P)",
            "shared (P+Q)",
            "Huffman (P+Q+H)",
            "%",
            "bits w/i (Q)",
            "bits w/i (H)");
    for (Row row : tensors) {
      Coding coding = row.coding();
      boolean some = coding != null && coding.bitsPerWeight() != null;
      table.row(
          row.name(),
          TextTable.shape(row.shape()),
          TextTable.count(row.bytes().dense()),
          TextTable.count(row.bytes().pruned()),
          TextTable.count(row.bytes().shared()),
          TextTable.count(row.bytes().coded()),
          percent(row.bytes()),
          coding == null ? "" : coding.weightBits() + "/" + coding.indexBits(),
          some ? text("%.2f/%.2f", coding.bitsPerWeight(), coding.bitsPerIndex()) : "");
    }
    table.rule();
    StageBytes bytes = total.bytes();
    table.row(
        "total",
        "",
        TextTable.count(bytes.dense()),
        TextTable.count(bytes.pruned()),
        TextTable.count(bytes.shared()),
        TextTable.count(bytes.coded()),
        percent(bytes),
        "",
        "");
    table.row(
        "times smaller",
        "",
        "",
        times(bytes, bytes.pruned()),
        times(bytes, bytes.shared()),
        times(bytes, bytes.coded()),
        "",
        "",
        "");
    return table.text();
  }

  private static String percent(StageBytes bytes) {
    return bytes.dense() == 0 ? "" : text("%.2f", bytes.codedRate());
  }

  private static String times(StageBytes bytes, long stage) {
    return stage == 0 ? "" : text("%.2f", (double) bytes.dense() / stage);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
