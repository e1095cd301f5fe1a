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
  private static final int LONG = 192;

  /** Over how many rows the growth of the moments is measured. */
  private static final int GROWTH = 32;

  /** Returns the part with the probability of each number of entries, from 0 on. */
  static Slice of(double[] probabilities) {
    return new Slice(
        SliceEntries.mean(probabilities), WorkSum.of(SliceEntries.work(probabilities)));
  }

  /**
   * Returns the part whose rows live with probabilities of their own.
   *
   * <p>Entries are a renewal process along the rows, so that mean, variance and third moment grow
   * linearly once a few gaps have passed (W. Feller, "An Introduction to Probability Theory and Its
   * Applications", vol. 1, chapter XIII, from memory): long parts extend those of {@value #LONG} rows
   * of the mean density.
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
    WorkSum whole = WorkSum.of(SliceEntries.of(mean, span));
    WorkSum shorter = WorkSum.of(SliceEntries.of(Arrays.copyOf(mean, LONG - GROWTH), span));
    WorkSum grown = whole.grown(shorter, (density.length - LONG) / (double) GROWTH);
    double empty = Math.pow(1 - mean[0], density.length);
    return new Slice(grown.mean(), grown.shifted(empty));
  }
}
