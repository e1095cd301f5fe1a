package org.espalier.hw.sim;

import java.util.Arrays;

/**
 * The part of a column that one element has.
 *
 * @param entries expected, padding included
 * @param work cycles: the entries, or one where there are none
 */
record Slice(double entries, WorkSum work) {

  /** More rows than this are not walked one by one. */
  private static final int LONG = 256;

  /** Returns the part with the probability of each number of entries, from 0 on. */
  static Slice of(double[] probabilities) {
    return new Slice(
        SliceEntries.mean(probabilities), WorkSum.of(SliceEntries.work(probabilities)));
  }

  /**
   * Returns the part whose rows live with probabilities of their own. Parts of more than {@value
   * #LONG} rows take those as of the mean density, and extend a part of that length by {@link
   * #growth}.
   *
   * @param density of each row of the element, in its order
   * @param span zeros that a run of zeros may have, plus 1
   */
  static Slice of(double[] density, int span) {
    if (density.length <= LONG) {
      return of(SliceEntries.of(density, span));
    }
    double[] mean = new double[LONG];
    Arrays.fill(mean, Arrays.stream(density).average().orElseThrow());
    double[] growth = growth(mean[0], span);
    WorkSum grown =
        WorkSum.of(SliceEntries.of(mean, span)).grown(density.length - LONG, growth[0], growth[1]);
    double empty = Math.pow(1 - mean[0], density.length);
    return new Slice(grown.mean(), grown.shifted(empty));
  }

  /**
   * Returns by how much mean and variance of the entries grow per row of a long part.
   *
   * <p>The entries are a renewal process with rewards: each non-zero comes G rows after the one
   * before and brings R = 1 + q entries, where G = 1 + span q + s, q and s independent, q geometric
   * with x = (1 - d)^span and s geometric below span. Mean and variance grow by r = E R / E G and
   * Var(R - r G) / E G = ((1 - span r)^2 Var q + r^2 Var s) / E G. Source: D. R. Cox, "Renewal
   * Theory", Methuen 1962, section 8.3 (cumulative processes), from memory.
   */
  private static double[] growth(double density, int span) {
    if (density == 0 || density == 1) {
      return new double[] {density, 0};
    }
    double x = Math.pow(1 - density, span);
    double rate = density / (1 - x);
    double mean = 0;
    double square = 0;
    for (int s = 0; s < span; s++) {
      double probability = density * Math.pow(1 - density, s) / (1 - x);
      mean += s * probability;
      square += (double) s * s * probability;
    }
    double perRun = 1 - span * rate;
    double ofRuns = x / ((1 - x) * (1 - x));
    double variance = perRun * perRun * ofRuns + rate * rate * (square - mean * mean);
    return new double[] {rate, density * variance};
  }
}
