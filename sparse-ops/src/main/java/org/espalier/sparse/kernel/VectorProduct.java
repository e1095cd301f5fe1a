package org.espalier.sparse.kernel;

/**
 * Products with a single column by a {@link VectorLayout}, then the epilogue. X with several
 * columns is taken column by column, which costs as much as so many products.
 *
 * @param layout the matrix
 * @param rows of the matrix
 * @param columns of the matrix
 */
record VectorProduct(VectorLayout layout, int rows, int columns) {

  /**
   * Computes one part of Y; nothing is checked.
   *
   * @param part which, from 0
   * @param parts of how many
   */
  void run(VectorKernels kernels, Operands operands, int part, int parts) {
    RowRange range = layout.part(part, parts);
    if (range.begin() == range.end()) {
      return;
    }
    VectorScratch scratch = Workspace.ofThread().vectors;
    int n = operands.n();
    if (n == 1) {
      layout.multiply(kernels, range, operands.x(), operands.y(), scratch);
      finish(operands, range, operands.y(), 0);
      return;
    }
    float[] x = scratch.x(columns);
    float[] sums = scratch.y(rows);
    for (int column = 0; column < n; column++) {
      for (int i = 0; i < columns; i++) {
        x[i] = operands.x()[i * n + column];
      }
      layout.multiply(kernels, range, x, sums, scratch);
      finish(operands, range, sums, column);
    }
  }

  private static void finish(Operands operands, RowRange range, float[] sums, int column) {
    float[] bias = operands.epilogue().bias();
    float[] residual = operands.epilogue().residual();
    boolean relu = operands.epilogue().relu();
    int n = operands.n();
    if (n == 1 && bias == null && residual == null && !relu) {
      return;
    }
    float[] y = operands.y();
    for (int row = range.begin(); row < range.end(); row++) {
      int at = row * n + column;
      float sum = sums[row];
      if (bias != null) {
        sum += bias[row];
      }
      if (residual != null) {
        sum += residual[at];
      }
      y[at] = relu ? Math.max(sum, 0f) : sum;
    }
  }
}
