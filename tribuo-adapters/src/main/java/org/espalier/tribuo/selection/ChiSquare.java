package org.espalier.tribuo.selection;

/**
 * The χ² distribution. Its probabilities are regularised incomplete gamma functions, by series and
 * continued fraction. Source: W. Press et al., "Numerical Recipes", 3rd edition, 2007, section 6.2;
 * the logarithm of gamma is C. Lanczos' approximation (SIAM J. Numerical Analysis B 1, 1964) with
 * the coefficients of P. Godfrey for g = 7 and 9 terms.
 */
final class ChiSquare {

  private static final double[] LANCZOS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private static final double PRECISION = 1e-15;
  private static final double TINY = 1e-300;

  private ChiSquare() {}

  /**
   * Returns the value that is exceeded with probability 1 - p.
   *
   * @param p in (0, 1)
   * @param freedom degrees of freedom, at least 1
   */
  static double quantile(double p, int freedom) {
    double low = 0;
    double high = freedom;
    while (probability(high, freedom) < p) {
      high *= 2;
    }
    for (double middle = high / 2; middle > low && middle < high; ) {
      if (probability(middle, freedom) < p) {
        low = middle;
      } else {
        high = middle;
      }
      middle = low + (high - low) / 2;
    }
    return high;
  }

  /** Returns the probability of a value of at most x. */
  static double probability(double x, int freedom) {
    if (x <= 0) {
      return 0;
    }
    double a = freedom / 2.0;
    double half = x / 2;
    double front = StrictMath.exp(a * StrictMath.log(half) - half - logGamma(a));
    return half < a + 1 ? front * series(a, half) : 1 - front * fraction(a, half);
  }

  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (double n = a + 1; term > sum * PRECISION; n++) {
      term *= x / n;
      sum += term;
    }
    return sum;
  }

  /** Lentz' method. */
  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double value = d;
    double factor = 0;
    for (int n = 1; Math.abs(factor - 1) > PRECISION; n++) {
      double numerator = -n * (n - a);
      b += 2;
      d = 1 / away(numerator * d + b);
      c = away(b + numerator / c);
      factor = c * d;
      value *= factor;
    }
    return value;
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  private static double logGamma(double a) {
    double sum = LANCZOS[0];
    for (int n = 1; n < LANCZOS.length; n++) {
      sum += LANCZOS[n] / (a - 1 + n);
    }
    double t = a + 6.5;
    return 0.5 * StrictMath.log(2 * Math.PI)
        + (a - 0.5) * StrictMath.log(t)
        - t
        + StrictMath.log(sum);
  }
}
