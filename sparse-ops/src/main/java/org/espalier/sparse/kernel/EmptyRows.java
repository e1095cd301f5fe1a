package org.espalier.sparse.kernel;

import java.util.Arrays;

/**
 * A matrix without entries.
 *
 * @param rows of the matrix
 */
record EmptyRows(int rows) implements VectorLayout {

  @Override
  public String label() {
    return "vector-empty";
  }

  @Override
  public RowRange part(int part, int parts) {
    return part == 0 ? new RowRange(0, rows) : new RowRange(rows, rows);
  }

  @Override
  public void multiply(
      VectorKernels kernels, RowRange range, float[] x, float[] y, VectorScratch scratch) {
    Arrays.fill(y, range.begin(), range.end(), 0f);
  }
}
