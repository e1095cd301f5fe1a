package org.espalier.hw.sim;

/** The standard normal distribution. */
final class Normal {

  private static final double[] COEFFICIENTS = {
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277
  };

  private Normal() {}

  /**
   * Returns the probability of more than {@code x}, to a relative error of 1.2e-7.
   *
   * <p>Source: W. H. Press et al., "Numerical Recipes in C", 2nd edition 1992, section 6.2 (erfcc,
   * a Chebyshev fit), from memory.
   */
  static double above(double x) {
    double z = Math.abs(x) / Math.sqrt(2);
    double t = 1 / (1 + z / 2);
    double sum = 0;
    for (int i = COEFFICIENTS.length - 1; i >= 0; i--) {
      sum = sum * t + COEFFICIENTS[i];
    }
    double tail = t * Math.exp(-z * z + sum) / 2;
    return x >= 0 ? tail : 1 - tail;
  }

  /**
   * Returns the expected largest of several independent standard normals.
   *
   * @param count at least 1
   */
  static double largestOf(int count) {
    double step = 1.0 / 64;
    double expected = 0;
    for (double x = step / 2; x < 10; x += step) {
      double below = 1 - above(x);
      expected += step * (1 - Math.pow(below, count) - Math.pow(1 - below, count));
    }
    return expected;
  }
}
