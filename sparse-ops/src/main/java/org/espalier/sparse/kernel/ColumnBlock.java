package org.espalier.sparse.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.format.Csr;

/**
 * The entries of a matrix in some neighbouring columns, few enough for 16 bits. An entry is a
 * value, or one value per row of a group of rows. Arrays are shared: do not write.
 *
 * @param firstColumn first column of the block
 * @param starts first entry of each row or group, and the number of entries
 * @param columns of the entries, from {@code firstColumn} on
 * @param values of the entries
 */
public record ColumnBlock(int firstColumn, int[] starts, char[] columns, float[] values) {

  /** Lays out one block. */
  @FunctionalInterface
  interface Builder {

    /**
     * Returns the block of columns [first, end).
     *
     * @param from the first entry of each row in the block; is moved behind the last
     */
    ColumnBlock build(Csr matrix, int first, int end, int[] from);
  }

  /** Cuts a matrix into blocks of as many columns as 16 bits can tell apart; at least one block. */
  static List<ColumnBlock> cut(Csr matrix, Builder builder) {
    int widest = RowGroupsBuilder.DEEPEST;
    List<ColumnBlock> blocks = new ArrayList<>();
    int count = Math.max(1, (int) (((long) matrix.columns() + widest - 1) / widest));
    int[] from = Arrays.copyOf(matrix.rowPointers(), matrix.rows());
    for (int b = 0; b < count; b++) {
      int end = (int) Math.min(matrix.columns(), (b + 1L) * widest);
      blocks.add(builder.build(matrix, b * widest, end, from));
    }
    return blocks;
  }

  /** Returns the bytes of the arrays. */
  long bytes() {
    return 4L * starts.length + 2L * columns.length + 4L * values.length;
  }
}
