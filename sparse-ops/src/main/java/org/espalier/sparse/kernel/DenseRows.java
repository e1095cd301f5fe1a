package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/**
 * All elements, row by row: for matrices with few zeros where bitmaps cannot be expanded.
 *
 * @param rows of the matrix
 * @param columns of the matrix
 * @param values rows x columns
 */
public record DenseRows(int rows, int columns, float[] values) implements VectorLayout {

  /** Rows that are worked on at once. */
  private static final int HEIGHT = 4;

  static DenseRows of(Csr matrix) {
    return new DenseRows(matrix.rows(), matrix.columns(), matrix.toDense());
  }

  @Override
  public String label() {
    return "vector-dense";
  }

  @Override
  public RowRange part(int part, int parts) {
    return new RowRange(boundary(part, parts), boundary(part + 1, parts));
  }

  private int boundary(int part, int parts) {
    int row = (int) ((long) rows * part / parts);
    return Math.min(rows, (row + HEIGHT - 1) / HEIGHT * HEIGHT);
  }

  @Override
  public void multiply(
      VectorKernels kernels, RowRange range, float[] x, float[] y, VectorScratch scratch) {
    kernels.denseRows(this, range, x, y);
  }
}
