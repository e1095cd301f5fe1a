package org.espalier.hw.sim;

/**
 * The distribution of the entries of one part: what one element stores of one column when each of
 * its rows lives with a probability of its own. Exact, by dynamic programming over the rows.
 *
 * <p>A run of z zeros before a non-zero costs floor(z / span) padding entries; zeros behind the
 * last non-zero cost none. The program walks from the last row to the first, so that it can charge
 * padding as soon as a run has grown by a span. The rule is that of S. Han et al., "EIE: Efficient
 * Inference Engine on Compressed Deep Neural Network", ISCA 2016, section 3; the program is ours.
 */
final class SliceEntries {

  /** Probabilities below this are not carried on. */
  private static final double NOTHING = 1e-18;

  private SliceEntries() {}

  /**
   * Returns the probability of each number of entries, from 0 on.
   *
   * @param density of each row of the element, in its order, in [0, 1]
   * @param span zeros that a run of zeros may have, plus 1
   */
  static double[] of(double[] density, int span) {
    int rows = density.length;
    // After the rows walked: all probability by entries, and that of an entry in the latest row.
    double[] all = new double[rows + 1];
    all[0] = 1;
    double[][] latest = new double[rows + 1][];
    int top = 0;
    for (int walked = 1; walked <= rows; walked++) {
      double here = density[rows - walked];
      double[] entry = new double[rows + 1];
      double full = walked > span ? zeros(density, rows - walked, span) : 0;
      for (int e = ++top; e >= 0; e--) {
        // A row more of zeros completes a span behind an entry: that is a padding entry.
        double padded = e > 0 && full > 0 ? full * latest[walked - span][e - 1] : 0;
        entry[e] = (e > 0 ? here * all[e - 1] : 0) + padded;
        double broken = full > 0 ? full * latest[walked - span][e] : 0;
        all[e] = (1 - here) * all[e] - broken + entry[e];
      }
      latest[walked] = entry;
      while (all[top] < NOTHING) {
        all[top--] = 0;
      }
    }
    return all;
  }

  /** Returns the probability of {@code span} zeros from a row on. */
  private static double zeros(double[] density, int from, int span) {
    double product = 1;
    for (int row = from; row < from + span; row++) {
      product *= 1 - density[row];
    }
    return product;
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
