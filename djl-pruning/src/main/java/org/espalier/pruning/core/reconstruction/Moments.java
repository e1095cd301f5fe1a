package org.espalier.pruning.core.reconstruction;

/**
 * Sums of products of some features x_0 to x_(n-1) and of the constant x_n = 1 over all rows seen:
 * all that least squares need to know of them. In double precision.
 */
public final class Moments {

  private final double[][] lower;
  private final double[] extended;
  private long rows;

  /**
   * Nothing has been seen.
   *
   * @param features n, without the constant
   */
  public Moments(int features) {
    extended = new double[features + 1];
    extended[features] = 1;
    lower = new double[features + 1][];
    for (int i = 0; i <= features; i++) {
      lower[i] = new double[i + 1];
    }
  }

  /**
   * Takes products that were summed elsewhere; the constant is left out: its products are 0.
   *
   * @param products symmetric
   */
  static Moments of(double[][] products) {
    Moments moments = new Moments(products.length);
    for (int i = 0; i < products.length; i++) {
      System.arraycopy(products[i], 0, moments.lower[i], 0, i + 1);
    }
    return moments;
  }

  /** Returns n, which is also the index of the constant. */
  public int features() {
    return lower.length - 1;
  }

  /** Returns how many rows were seen. */
  public long rows() {
    return rows;
  }

  /**
   * Sees a row.
   *
   * @param row n values, not kept
   */
  public void add(double[] row) {
    System.arraycopy(row, 0, extended, 0, features());
    for (int i = 0; i < extended.length; i++) {
      double factor = extended[i];
      if (factor != 0) {
        double[] products = lower[i];
        for (int j = 0; j <= i; j++) {
          products[j] += factor * extended[j];
        }
      }
    }
    rows++;
  }

  /** Returns the sum of x_i x_j; the index n is the constant's. */
  public double product(int i, int j) {
    return i >= j ? lower[i][j] : lower[j][i];
  }

  /** Returns the mean of x_i. */
  public double mean(int i) {
    return product(features(), i) / rows;
  }

  /** Returns the mean of x_i². */
  public double meanSquare(int i) {
    return product(i, i) / rows;
  }

  /** Returns the population covariance of two features, the variance where they are the same. */
  public double covariance(int i, int j) {
    return product(i, j) / rows - mean(i) * mean(j);
  }
}
