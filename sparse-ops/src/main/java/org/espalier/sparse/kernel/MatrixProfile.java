package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/**
 * The sizes by which a layout is chosen; of a matrix, or of one that is only imagined.
 *
 * @param rows at least 0
 * @param columns at least 0
 * @param nonZeros 0 to rows * columns; a model of a matrix may expect a fraction
 */
public record MatrixProfile(int rows, int columns, double nonZeros) {

  /** Checks the ranges. */
  public MatrixProfile {
    if (rows < 0 || columns < 0 || !(nonZeros >= 0 && nonZeros <= (double) rows * columns)) {
      throw new IllegalArgumentException(
          "no matrix: %d x %d with %s non-zeros".formatted(rows, columns, nonZeros));
    }
  }

  static MatrixProfile of(Csr matrix) {
    return new MatrixProfile(matrix.rows(), matrix.columns(), matrix.nonZeros());
  }

  /** Returns non-zeros / elements; 0 without elements. */
  public double density() {
    return nonZeros / Math.max(1.0, (double) rows * columns);
  }
}
