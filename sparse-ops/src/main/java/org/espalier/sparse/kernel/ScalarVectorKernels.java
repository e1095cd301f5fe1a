package org.espalier.sparse.kernel;

/** The twin of the SIMD kernels in plain Java; it also takes the rows that fill no group. */
public final class ScalarVectorKernels implements VectorKernels, ColumnKernels {

  @Override
  public boolean expands() {
    return false;
  }

  @Override
  public ColumnKernels columns() {
    return this;
  }

  @Override
  public boolean widens() {
    return true;
  }

  @Override
  public void indexRows(IndexRows a, RowRange rows, float[] x, float[] y) {
    for (int row = rows.begin(); row < rows.end(); row++) {
      float sum = 0f;
      for (int i = a.starts()[row]; i < a.starts()[row + 1]; i++) {
        sum += a.values()[i] * x[a.columns()[i]];
      }
      y[row] = sum;
    }
  }

  @Override
  public void bitmapRows(BitmapRows a, RowRange rows, float[] x, float[] y) {
    for (int row = rows.begin(); row < rows.end(); row++) {
      y[row] = bitmapRow(a, row, 0, a.starts()[row], x);
    }
  }

  /**
   * Returns the sum of a row from a chunk of columns on.
   *
   * @param at value of the first entry there
   */
  public static float bitmapRow(BitmapRows a, int row, int chunk, int at, float[] x) {
    float[] values = a.values();
    float sum = 0f;
    int i = at;
    for (int c = chunk; c * BitmapRows.CHUNK < a.columns(); c++) {
      for (int bits = a.bits(row, c); bits != 0; bits &= bits - 1) {
        sum += values[i++] * x[c * BitmapRows.CHUNK + Integer.numberOfTrailingZeros(bits)];
      }
    }
    return sum;
  }

  @Override
  public void gatherRows(ColumnBlock a, RowRange rows, float[] x, float[] y, int[] indices) {
    for (int row = rows.begin(); row < rows.end(); row++) {
      y[row] += gatherRow(a, a.starts()[row], a.starts()[row + 1], x);
    }
  }

  private static float gatherRow(ColumnBlock a, int begin, int end, float[] x) {
    char[] columns = a.columns();
    float[] values = a.values();
    int first = a.firstColumn();
    // Eight chains: one would wait for each addition in turn.
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    int i = begin;
    for (; i + 8 <= end; i += 8) {
      s0 += values[i] * x[first + columns[i]];
      s1 += values[i + 1] * x[first + columns[i + 1]];
      s2 += values[i + 2] * x[first + columns[i + 2]];
      s3 += values[i + 3] * x[first + columns[i + 3]];
      s4 += values[i + 4] * x[first + columns[i + 4]];
      s5 += values[i + 5] * x[first + columns[i + 5]];
      s6 += values[i + 6] * x[first + columns[i + 6]];
      s7 += values[i + 7] * x[first + columns[i + 7]];
    }
    for (; i < end; i++) {
      s0 += values[i] * x[first + columns[i]];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  @Override
  public void blockRows(ColumnBlock a, RowRange rows, float[] x, float[] y) {
    float[] values = a.values();
    for (int row = rows.begin(); row < rows.end(); row += BlockRows.HEIGHT) {
      int group = row / BlockRows.HEIGHT;
      int height = Math.min(BlockRows.HEIGHT, rows.end() - row);
      for (int i = a.starts()[group]; i < a.starts()[group + 1]; i++) {
        float factor = x[a.firstColumn() + a.columns()[i]];
        for (int lane = 0; lane < height; lane++) {
          y[row + lane] += values[BlockRows.HEIGHT * i + lane] * factor;
        }
      }
    }
  }

  @Override
  public void denseRows(DenseRows a, RowRange rows, float[] x, float[] y) {
    for (int row = rows.begin(); row < rows.end(); row++) {
      y[row] = denseRow(a, row, 0, x);
    }
  }

  /** Returns the sum of a row from a column on. */
  public static float denseRow(DenseRows a, int row, int firstColumn, float[] x) {
    float[] values = a.values();
    int at = row * a.columns();
    float s0 = 0f;
    float s1 = 0f;
    int column = firstColumn;
    for (; column + 2 <= a.columns(); column += 2) {
      s0 += values[at + column] * x[column];
      s1 += values[at + column + 1] * x[column + 1];
    }
    if (column < a.columns()) {
      s0 += values[at + column] * x[column];
    }
    return s0 + s1;
  }

  @Override
  public void bitmapColumns(BitmapColumns a, LiveColumns live, float[] y) {
    int perColumn = a.height() / Long.SIZE;
    float[] values = a.values();
    for (int c = 0; c < live.count(); c++) {
      int column = live.columns()[c];
      float factor = live.values()[c];
      int i = a.starts()[column];
      for (int w = 0; w < perColumn; w++) {
        int row = a.firstRow() + w * Long.SIZE;
        for (long bits = a.words()[column * perColumn + w]; bits != 0; bits &= bits - 1) {
          y[row + Long.numberOfTrailingZeros(bits)] += values[i++] * factor;
        }
      }
    }
  }

  @Override
  public void blockColumns(BlockColumns a, LiveColumns live, float[] y) {
    float[] values = a.values();
    for (int c = 0; c < live.count(); c++) {
      int column = live.columns()[c];
      float factor = live.values()[c];
      for (int i = a.starts()[column]; i < a.starts()[column + 1]; i++) {
        int row = a.firstRow() + BlockRows.HEIGHT * a.groups()[i];
        int at = BlockRows.HEIGHT * i;
        y[row] += values[at] * factor;
        y[row + 1] += values[at + 1] * factor;
        y[row + 2] += values[at + 2] * factor;
        y[row + 3] += values[at + 3] * factor;
      }
    }
  }
}
