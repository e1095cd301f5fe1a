package org.espalier.hw.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * The expected time of the broadcast queue, by a formula.
 *
 * <p>The recurrence of {@link BroadcastQueue} is a longest path: the last part is done after the
 * largest sum of work over all paths that stay with one element for a run of columns, and then may
 * change to any element D - 1 columns further on, for that element's queue was full. With n columns
 * in runs of l there are (n + D - 1) / (l + D - 1) runs, each as long as the largest of the P sums
 * of l parts:
 *
 * <pre>
 * T(n) = max over l of (n + D - 1) / (l + D - 1) * M(l),  M(l) = E[max of P sums of l parts]
 * </pre>
 *
 * <p>This is a lower bound, as the best of paths whose runs have fixed places. It is exact for one
 * element, for D = 1 (runs of one column: the sum of the maxima) and for D at or above n (one run).
 * In between a path may also shift its runs, which amounts to choosing from more sums than P: M(l)
 * is taken over {@code P (1 + c (1 - l / n) ((D - 1) / l)^a)} of them. The two constants, c = {@value
 * #SHIFTS} and a = {@value #POWER}, were fitted once to simulations; the test of this class says how
 * far off the result is on others.
 *
 * <p>The derivation is ours; that such recurrences are longest paths is in F. Baccelli et al.,
 * "Synchronization and Linearity", Wiley 1992, section 2.5, from memory.
 */
final class QueueFormula {

  static final double SHIFTS = 6;

  static final double POWER = 0.5;

  private final int depth;
  private final double[] counts;
  private final List<WorkSum[]> sums = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();

  /**
   * @param kinds of elements
   * @param depth D
   */
  QueueFormula(SliceKinds kinds, int depth) {
    this.depth = depth;
    this.counts = kinds.counts();
    lengths.add(1);
    sums.add(
        kinds.entries().stream()
            .map(entries -> WorkSum.of(SliceEntries.work(entries)))
            .toArray(WorkSum[]::new));
  }

  /**
   * Returns the expected cycles of a batch.
   *
   * @param columns n, above 0; an expectation need not be whole
   */
  double cycles(double columns) {
    if (columns <= 1) {
      return columns * largest(0, 1);
    }
    double cycles = columns;
    int i = 0;
    for (; length(i) < columns; i++) {
      int run = length(i);
      double shifts = SHIFTS * (1 - run / columns) * Math.pow((depth - 1.0) / run, POWER);
      double runs = (columns + depth - 1) / (run + depth - 1);
      cycles = Math.max(cycles, runs * largest(i, 1 + shifts));
    }
    // One run of all columns: between the two lengths around it.
    double below = largest(i - 1, 1);
    double share = (columns - length(i - 1)) / (length(i) - length(i - 1));
    return Math.max(cycles, below + share * (largest(i, 1) - below));
  }

  private double largest(int i, double copies) {
    return LargestSum.expected(sums.get(i), counts, copies);
  }

  /** Returns the run length at a place: 1, 2, 3, 4, and from there on four to an octave. */
  private int length(int i) {
    while (i >= lengths.size()) {
      int last = lengths.get(lengths.size() - 1);
      int step = Math.max(1, Integer.highestOneBit(last) / 4);
      WorkSum[] by = sums.get(lengths.indexOf(step));
      WorkSum[] from = sums.get(sums.size() - 1);
      WorkSum[] sum = new WorkSum[from.length];
      for (int k = 0; k < sum.length; k++) {
        sum[k] = from[k].plus(by[k]);
      }
      lengths.add(last + step);
      sums.add(sum);
    }
    return lengths.get(i);
  }
}
