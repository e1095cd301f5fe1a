package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/**
 * Rows as the 4 x 1 blocks of each column.
 *
 * @param firstRow first row
 * @param starts first block of each column, and the number of blocks
 * @param groups which four rows, from {@code firstRow} on
 * @param values four per block, zeros for rows that lack the entry
 */
public record BlockColumns(int firstRow, int[] starts, char[] groups, float[] values)
    implements ColumnSlab {

  private static final int HEIGHT = BlockRows.HEIGHT;

  static BlockColumns of(Csr matrix, RowRange range) {
    int count = (range.end() - range.begin()) / HEIGHT;
    int[] from = matrix.rowPointers().clone();
    FourRows[] merged = new FourRows[count];
    int[] starts = new int[matrix.columns() + 1];
    for (int group = 0; group < count; group++) {
      int first = range.begin() + group * HEIGHT;
      merged[group] = FourRows.merge(matrix, first, matrix.columns(), from);
      for (int column : merged[group].columns()) {
        starts[column + 1]++;
      }
    }
    for (int column = 0; column < matrix.columns(); column++) {
      starts[column + 1] += starts[column];
    }
    char[] groups = new char[starts[matrix.columns()]];
    float[] values = new float[HEIGHT * groups.length];
    int[] at = starts.clone();
    for (int group = 0; group < count; group++) {
      FourRows four = merged[group];
      for (int i = 0; i < four.columns().length; i++) {
        int to = at[four.columns()[i]]++;
        groups[to] = (char) group;
        System.arraycopy(four.values(), HEIGHT * i, values, HEIGHT * to, HEIGHT);
      }
    }
    return new BlockColumns(range.begin(), starts, groups, values);
  }

  @Override
  public void addTo(ColumnKernels kernels, LiveColumns live, float[] y) {
    kernels.blockColumns(this, live, y);
  }
}
