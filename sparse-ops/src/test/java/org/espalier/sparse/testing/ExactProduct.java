package org.espalier.sparse.testing;

import org.espalier.sparse.kernel.Epilogue;

/**
 * The product of a dense matrix with X in double precision, straight from the definition, and how
 * far results may be from it. Zeros of the matrix take no part.
 */
public final class ExactProduct {

  private final int rows;
  private final int n;
  private final int[] terms;
  private final double[] sums;
  private final double[] magnitudes;

  /**
   * Computes the product.
   *
   * @param dense rows x columns, row-major
   * @param x columns x n, row-major
   */
  public ExactProduct(float[] dense, int rows, int columns, float[] x, int n) {
    this.rows = rows;
    this.n = n;
    this.terms = new int[rows];
    this.sums = new double[rows * n];
    this.magnitudes = new double[rows * n];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < columns; k++) {
        double weight = dense[row * columns + k];
        if (weight != 0) {
          terms[row]++;
          for (int column = 0; column < n; column++) {
            double term = weight * x[k * n + column];
            sums[row * n + column] += term;
            magnitudes[row * n + column] += Math.abs(term);
          }
        }
      }
    }
  }

  /**
   * Returns the largest error of an element of {@code y} in units of (terms + 3) * 2^-24 * (sum of
   * the magnitudes of its terms), bias and residual among them, so that up to 1 is what rounding
   * explains: terms products and terms + 2 sums at most, each off by 2^-24 of less than that sum,
   * and two roundings of a term are never the worst for all. NaN and infinities in {@code y} give
   * infinity.
   */
  public double error(float[] y, Epilogue epilogue) {
    double worst = 0;
    for (int i = 0; i < rows * n; i++) {
      double bias = epilogue.biasOf(i / n);
      double residual = epilogue.residual() == null ? 0 : epilogue.residual()[i];
      double sum = sums[i] + bias + residual;
      double magnitude = magnitudes[i] + Math.abs(bias) + Math.abs(residual);
      double expected = epilogue.relu() ? Math.max(sum, 0) : sum;
      double allowed = (terms[i / n] + 3) * 0x1p-24 * magnitude + Float.MIN_VALUE;
      double error = Math.abs(y[i] - expected) / allowed;
      worst = Double.isFinite(error) ? Math.max(worst, error) : Double.POSITIVE_INFINITY;
    }
    return worst;
  }
}
