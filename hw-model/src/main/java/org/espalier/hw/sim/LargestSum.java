package org.espalier.hw.sim;

/** The expected largest of independent sums, several of each kind. */
final class LargestSum {

  /** Steps of the numeric integral, each under half a standard deviation. */
  private static final int STEPS = 32;

  /** Standard deviations below and above the mean beyond which no largest sum lies. */
  private static final double BELOW = 5;

  private static final double ABOVE = 8;

  private LargestSum() {}

  /**
   * Returns the expectation: the integral of 1 - product of F^count.
   *
   * @param sums kinds, at least one
   * @param counts how many of each, above 0; fractions are welcome
   * @param copies factor of all counts, at least 1
   */
  static double expected(WorkSum[] sums, double[] counts, double copies) {
    double low = 0;
    double high = 0;
    boolean narrow = true;
    for (WorkSum sum : sums) {
      narrow &= sum.isNarrow();
      low = Math.max(low, sum.isNarrow() ? sum.least() : sum.mean() - BELOW * sum.deviation());
      high = Math.max(high, sum.isNarrow() ? sum.most() : sum.mean() + ABOVE * sum.deviation());
    }
    if (narrow) {
      double expected = low;
      for (double x = low; x < high; x++) {
        expected += above(sums, counts, copies, x);
      }
      return expected;
    }
    double step = (high - low) / STEPS;
    double integral = 0;
    for (int i = 0; i < STEPS; i++) {
      integral += above(sums, counts, copies, low + (i + 0.5) * step);
    }
    return low + integral * step;
  }

  /** Returns the probability that the largest is above {@code x}. */
  private static double above(WorkSum[] sums, double[] counts, double copies, double x) {
    double log = 0;
    for (int i = 0; i < sums.length; i++) {
      log += counts[i] * sums[i].logBelow(x);
    }
    return -Math.expm1(copies * log);
  }
}
