package org.espalier.sparse.kernel;

import java.util.Arrays;
import org.espalier.sparse.format.Csr;

/**
 * Rows as one bit per element and the values of each column: 4 bytes per non-zero and 1 bit per
 * element.
 *
 * @param firstRow first row
 * @param height rows, a multiple of 64
 * @param starts first value of each column, and twice the number of values: behind the last column
 *     is an empty one
 * @param words {@code height / 64} per column
 * @param values of the entries column by column, and some more that loads may touch
 */
public record BitmapColumns(int firstRow, int height, int[] starts, long[] words, float[] values)
    implements ColumnSlab {

  static BitmapColumns of(Csr matrix, RowRange range) {
    int height = range.end() - range.begin();
    int perColumn = height / Long.SIZE;
    EntryColumns entries = EntryColumns.of(matrix, range);
    int columns = matrix.columns();
    long[] words = new long[Math.multiplyExact(columns + 1, perColumn)];
    for (int column = 0; column < columns; column++) {
      for (int i = entries.starts()[column]; i < entries.starts()[column + 1]; i++) {
        int row = entries.rows()[i];
        words[column * perColumn + row / Long.SIZE] |= 1L << row;
      }
    }
    int[] starts = Arrays.copyOf(entries.starts(), columns + 2);
    starts[columns + 1] = starts[columns];
    float[] values = Arrays.copyOf(entries.values(), entries.values().length + BitmapRows.PADDING);
    return new BitmapColumns(range.begin(), height, starts, words, values);
  }

  @Override
  public void addTo(ColumnKernels kernels, LiveColumns live, float[] y) {
    kernels.bitmapColumns(this, live, y);
  }
}
