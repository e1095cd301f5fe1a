package org.espalier.sparse.kernel;

import java.util.Arrays;
import org.espalier.sparse.format.Csr;

/**
 * The entries of up to four neighbouring rows, merged.
 *
 * @param columns in which any of the rows has an entry, ascending
 * @param values four per column, zeros for rows that lack the entry
 */
record FourRows(int[] columns, float[] values) {

  private static final int HEIGHT = BlockRows.HEIGHT;

  /**
   * Merges rows up to a column.
   *
   * @param first the first of the rows
   * @param end one past the last column
   * @param from first entry of each row that is not merged yet; moved on
   */
  static FourRows merge(Csr matrix, int first, int end, int[] from) {
    int rows = Math.min(HEIGHT, matrix.rows() - first);
    int most = 0;
    for (int row = first; row < first + rows; row++) {
      most += matrix.rowPointers()[row + 1] - from[row];
    }
    int[] columns = new int[most];
    float[] values = new float[HEIGHT * most];
    int count = 0;
    while (true) {
      int next = end;
      for (int row = first; row < first + rows; row++) {
        if (from[row] < matrix.rowPointers()[row + 1]) {
          next = Math.min(next, matrix.columnIndices()[from[row]]);
        }
      }
      if (next == end) {
        return new FourRows(Arrays.copyOf(columns, count), Arrays.copyOf(values, HEIGHT * count));
      }
      columns[count] = next;
      for (int i = 0; i < rows; i++) {
        int at = from[first + i];
        if (at < matrix.rowPointers()[first + i + 1] && matrix.columnIndices()[at] == next) {
          values[HEIGHT * count + i] = matrix.values()[at];
          from[first + i]++;
        }
      }
      count++;
    }
  }
}
