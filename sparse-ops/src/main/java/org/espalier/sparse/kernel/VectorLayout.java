package org.espalier.sparse.kernel;

/** A matrix laid out for products with a single column, y = A * x. Immutable. */
sealed interface VectorLayout
    permits BitmapRows, BlockRows, ColumnSlabs, DenseRows, EmptyRows, GatherRows, IndexRows {

  /** Returns a short name. */
  String label();

  /** Returns the rows of one part of about equal work; parts may be empty. */
  RowRange part(int part, int parts);

  /**
   * Computes some rows of y = A * x, without an epilogue; nothing is checked.
   *
   * @param rows what {@link #part} returned
   * @param y one value per row of the matrix, overwritten at {@code rows}
   */
  void multiply(VectorKernels kernels, RowRange rows, float[] x, float[] y, VectorScratch scratch);

  /**
   * Cuts rows into parts that begin with a group.
   *
   * @param work before each row, ascending, one more than there are rows
   * @param height rows of a group
   */
  static RowRange part(int[] work, int height, int part, int parts) {
    return new RowRange(
        boundary(work, height, part, parts), boundary(work, height, part + 1, parts));
  }

  /** Returns the first row, of those that begin a group, with this part's share before it. */
  private static int boundary(int[] work, int height, int part, int parts) {
    int rows = work.length - 1;
    // One for the row itself, so that empty rows are shared out too.
    long share = ((long) work[rows] + rows) * part / parts;
    int low = 0;
    int high = rows;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((long) work[middle] + middle >= share) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Math.min(rows, (low + height - 1) / height * height);
  }
}
