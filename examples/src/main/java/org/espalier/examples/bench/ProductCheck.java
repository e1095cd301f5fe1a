package org.espalier.examples.bench;

import java.util.Locale;

/**
 * Whether two float32 products of the same operands differ by rounding only. A sum of r products,
 * added in any order, errs by at most gamma_r = r u / (1 - r u) times the sum of magnitudes, u =
 * 2^-24 (Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, 2002, equation 3.5);
 * by lambda sqrt(r) u of it with a probability that 2 exp(-lambda^2 / 2) bounds away from 1 per
 * operation (Higham and Mary, A New Approach to Probabilistic Rounding Error Analysis, SIAM Journal
 * on Scientific Computing 41(5), 2019, theorem 2.4). The smaller of the two counts, with lambda =
 * 10, and twice, since both products err.
 */
final class ProductCheck {

  private static final double UNIT_ROUNDOFF = 0x1p-24;
  private static final double LAMBDA = 10;

  private ProductCheck() {}

  /**
   * Compares.
   *
   * @param actual m x n
   * @param expected m x n, of another implementation
   * @param magnitudes m x n: the product of the absolute operands
   * @param terms of the longest sum, zeros not counted
   * @throws IllegalStateException if a value differs by more than rounding, or is no number
   */
  static void require(float[] actual, float[] expected, float[] magnitudes, int terms) {
    double relative = 2 * UNIT_ROUNDOFF * Math.min(terms + 1, LAMBDA * Math.sqrt(terms + 1));
    for (int i = 0; i < expected.length; i++) {
      double bound = relative * magnitudes[i];
      if (!(Math.abs((double) actual[i] - expected[i]) <= bound)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "a wrong product is not timed: value %d is %s, libtorch has %s, rounding explains"
                    + " %.3g",
                i,
                actual[i],
                expected[i],
                bound));
      }
    }
  }
}
