package org.espalier.hw.sim;

/**
 * The distribution of the entries of one part: what one element stores of one column when each of
 * its rows lives with a probability of its own. Exact, by dynamic programming over the rows.
 *
 * <p>A run of z zeros before a non-zero costs floor(z / span) padding entries; zeros behind the last
 * non-zero cost none. The program walks from the last row to the first, so that it can charge
 * padding as soon as a run has grown by a span. The rule is that of S. Han et al., "EIE: Efficient
 * Inference Engine on Compressed Deep Neural Network", ISCA 2016, section 3; the program is ours.
 */
final class SliceEntries {

  private SliceEntries() {}

  /**
   * Returns the probability of each number of entries, from 0 on.
   *
   * @param density of each row of the element, in its order, in [0, 1]
   * @param span zeros that a run of zeros may have, plus 1
   */
  static double[] of(double[] density, int span) {
    int rows = density.length;
    int most = rows;
    int states = Math.min(span, rows + 1);
    // state s: s zeros since the entry before; the last state: no non-zero yet.
    double[][] now = new double[states + 1][most + 2];
    double[][] next = new double[states + 1][most + 2];
    now[states][0] = 1;
    for (int row = rows - 1; row >= 0; row--) {
      step(now, next, density[row], rows - row);
      double[][] swap = now;
      now = next;
      next = swap;
    }
    double[] entries = new double[most + 1];
    for (double[] state : now) {
      for (int e = 0; e <= most; e++) {
        entries[e] += state[e];
      }
    }
    return entries;
  }

  /** Adds a row; {@code reached} is the most entries that there can be with it. */
  private static void step(double[][] now, double[][] next, double density, int reached) {
    int states = now.length - 1;
    double zero = 1 - density;
    for (int e = 0; e <= reached; e++) {
      next[states][e] = now[states][e] * zero;
      for (int s = 1; s < states; s++) {
        next[s][e] = now[s - 1][e] * zero;
      }
      double entry = 0;
      if (e > 0) {
        entry = now[states - 1][e - 1] * zero;
        for (int s = 0; s <= states; s++) {
          entry += now[s][e - 1] * density;
        }
      }
      next[0][e] = entry;
    }
  }

  /** Returns the cycles of a part from its entries: one where it has none. */
  static double[] work(double[] entries) {
    double[] work = entries.length > 1 ? entries.clone() : new double[2];
    work[0] = 0;
    work[1] = entries[0] + (entries.length > 1 ? entries[1] : 0);
    return work;
  }

  /** Returns the expected value. */
  static double mean(double[] probabilities) {
    double mean = 0;
    for (int x = 1; x < probabilities.length; x++) {
      mean += x * probabilities[x];
    }
    return mean;
  }
}
