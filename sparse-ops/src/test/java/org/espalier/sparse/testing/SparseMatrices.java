package org.espalier.sparse.testing;

import java.util.SplittableRandom;
import org.espalier.sparse.format.Csr;

/** Seeded matrices for tests of kernels, and the product that they are judged by. */
public final class SparseMatrices {

  private SparseMatrices() {}

  /** Returns rows x columns values in [-1, 1), each zero with probability {@code sparsity}. */
  public static float[] dense(long seed, int rows, int columns, double sparsity) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      if (random.nextDouble() >= sparsity) {
        values[i] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return values;
  }

  /** As {@link #dense}, stored sparsely; every third row is empty. */
  public static Csr withEmptyRows(long seed, int rows, int columns, double sparsity) {
    float[] values = dense(seed, rows, columns, sparsity);
    for (int row = 1; row < rows; row += 3) {
      java.util.Arrays.fill(values, row * columns, (row + 1) * columns, 0f);
    }
    return Csr.ofDense(values, rows, columns);
  }

  /**
   * Returns how far {@code y} is from the product in double precision: the largest error of an
   * element in units of (terms + 2) * 2^-24 * (sum of the magnitudes of its terms), so that up to 1
   * is what rounding explains. NaN and infinities in {@code y} give infinity.
   */
  public static double error(Csr a, float[] x, int n, float[] y, float[] bias, boolean relu) {
    float[] dense = a.toDense();
    double worst = 0;
    for (int row = 0; row < a.rows(); row++) {
      int terms = a.rowPointers()[row + 1] - a.rowPointers()[row];
      for (int column = 0; column < n; column++) {
        double sum = bias == null ? 0 : bias[row];
        double magnitude = Math.abs(sum);
        for (int k = 0; k < a.columns(); k++) {
          double term = (double) dense[row * a.columns() + k] * x[k * n + column];
          sum += term;
          magnitude += Math.abs(term);
        }
        double expected = relu ? Math.max(sum, 0) : sum;
        double allowed = (terms + 2) * 0x1p-24 * magnitude + Float.MIN_VALUE;
        double error = Math.abs(y[row * n + column] - expected) / allowed;
        worst = Double.isFinite(error) ? Math.max(worst, error) : Double.POSITIVE_INFINITY;
      }
    }
    return worst;
  }
}
