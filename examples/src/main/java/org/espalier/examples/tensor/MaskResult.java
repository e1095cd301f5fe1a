package org.espalier.examples.tensor;

import java.util.List;
import org.espalier.examples.output.TextTable;
import org.espalier.sparse.mask.Mask;

/**
 * What was decided, for machines: the layout of the file that {@code espalier mask --json} writes.
 *
 * @param weights file of the weights
 * @param pattern text form
 * @param aggregate text form
 * @param criterion name
 * @param allocation name
 * @param requestedSparsity of all tensors together
 * @param seed of random choices
 * @param tensors in the order of the file
 * @param total of all of them
 * @param seconds from the first byte read to the last decision
 */
record MaskResult(
    String weights,
    String pattern,
    String aggregate,
    String criterion,
    String allocation,
    double requestedSparsity,
    long seed,
    List<Row> tensors,
    Total total,
    double seconds) {

  /** One tensor. */
  record Row(String name, int[] shape, int elements, int kept, double sparsity) {

    static Row of(String name, Mask mask) {
      return new Row(name, mask.shape(), mask.elements(), mask.keptCount(), mask.sparsity());
    }
  }

  /** All tensors. */
  record Total(long elements, long kept, double sparsity) {

    static Total of(List<Row> rows) {
      long elements = rows.stream().mapToLong(Row::elements).sum();
      long kept = rows.stream().mapToLong(Row::kept).sum();
      return new Total(elements, kept, (double) (elements - kept) / elements);
    }
  }

  /** Returns the table for a terminal. */
  String table() {
    TextTable table = new TextTable("tensor", "shape", "elements", "kept", "sparsity");
    for (Row row : tensors) {
      table.row(
          row.name(),
          TextTable.shape(row.shape()),
          TextTable.count(row.elements()),
          TextTable.count(row.kept()),
          TextTable.fraction(row.sparsity()));
    }
    table.rule();
    table.row(
        "total",
        "",
        TextTable.count(total.elements()),
        TextTable.count(total.kept()),
        TextTable.fraction(total.sparsity()));
    return table.text();
  }
}
