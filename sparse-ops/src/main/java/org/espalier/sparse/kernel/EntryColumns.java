package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/**
 * Rows as the entries of each column: 6 bytes per non-zero.
 *
 * @param firstRow first row
 * @param starts first entry of each column, and the number of entries
 * @param rows of the entries, from {@code firstRow} on
 * @param values of the entries
 */
public record EntryColumns(int firstRow, int[] starts, char[] rows, float[] values)
    implements ColumnSlab {

  static EntryColumns of(Csr matrix, RowRange range) {
    int[] starts = starts(matrix, range);
    char[] rows = new char[starts[matrix.columns()]];
    float[] values = new float[rows.length];
    int[] at = starts.clone();
    for (int row = range.begin(); row < range.end(); row++) {
      for (int i = matrix.rowPointers()[row]; i < matrix.rowPointers()[row + 1]; i++) {
        int to = at[matrix.columnIndices()[i]]++;
        rows[to] = (char) (row - range.begin());
        values[to] = matrix.values()[i];
      }
    }
    return new EntryColumns(range.begin(), starts, rows, values);
  }

  /** Counts where the entries of each column begin, columns + 1 numbers. */
  static int[] starts(Csr matrix, RowRange range) {
    int[] starts = new int[matrix.columns() + 1];
    int end = matrix.rowPointers()[range.end()];
    for (int i = matrix.rowPointers()[range.begin()]; i < end; i++) {
      starts[matrix.columnIndices()[i] + 1]++;
    }
    for (int column = 0; column < matrix.columns(); column++) {
      starts[column + 1] += starts[column];
    }
    return starts;
  }

  @Override
  public void addTo(ColumnKernels kernels, LiveColumns live, float[] y) {
    int[] columns = live.columns();
    float[] factors = live.values();
    // In plain Java for all kernels: vectors would have to gather and scatter, which is slower.
    for (int c = 0; c < live.count(); c++) {
      float factor = factors[c];
      int end = starts[columns[c] + 1];
      for (int i = starts[columns[c]]; i < end; i++) {
        y[firstRow + rows[i]] += values[i] * factor;
      }
    }
  }
}
