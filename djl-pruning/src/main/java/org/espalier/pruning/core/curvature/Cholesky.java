package org.espalier.pruning.core.curvature;

/**
 * The factor L of a symmetric positive definite matrix A = L Lᵀ, in double precision, and systems
 * solved with it.
 *
 * <p>Source: G. Golub, C. Van Loan, "Matrix Computations", 4th edition, algorithm 4.2.1, by rows.
 */
final class Cholesky {

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * Factors a matrix in place.
   *
   * @param matrix n rows; the lower triangle is read and overwritten, the rest is ignored. Row i
   *     needs i + 1 entries
   * @throws ArithmeticException if the matrix is not positive definite in double precision
   */
  static Cholesky of(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      double[] row = matrix[i];
      for (int j = 0; j < i; j++) {
        row[j] = (row[j] - dot(row, matrix[j], j)) / matrix[j][j];
      }
      double pivot = row[i] - dot(row, row, i);
      if (!(pivot > 0)) {
        throw new ArithmeticException("pivot " + i + " is " + pivot);
      }
      row[i] = Math.sqrt(pivot);
    }
    return new Cholesky(matrix);
  }

  /**
   * Overwrites the columns of B with those of L^-1 B.
   *
   * @param b n rows of equal length
   */
  void forward(double[][] b) {
    for (int i = 0; i < lower.length; i++) {
      double[] row = b[i];
      for (int k = 0; k < i; k++) {
        subtract(row, lower[i][k], b[k]);
      }
      for (int c = 0; c < row.length; c++) {
        row[c] /= lower[i][i];
      }
    }
  }

  /** Overwrites b with A^-1 b. */
  void solve(double[] b) {
    for (int i = 0; i < b.length; i++) {
      b[i] = (b[i] - dot(lower[i], b, i)) / lower[i][i];
    }
    for (int i = b.length - 1; i >= 0; i--) {
      b[i] /= lower[i][i];
      for (int k = 0; k < i; k++) {
        b[k] -= lower[i][k] * b[i];
      }
    }
  }

  private static void subtract(double[] row, double factor, double[] other) {
    for (int c = 0; c < row.length; c++) {
      row[c] -= factor * other[c];
    }
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
