package org.espalier.hw.sim;

import java.util.ArrayList;
import java.util.Arrays;
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
 * is taken over {@code P (1 + c ((D - 1) / l)^a (1 - l / n) (1 - 1 / P))} of them. The two
 * constants, c = {@value #SHIFTS} and a = {@value #POWER}, were fitted once to 250 simulations; the
 * test of {@link QueueEstimate} says how far off others are.
 *
 * <p>The derivation is ours; that such recurrences are longest paths is in F. Baccelli et al.,
 * "Synchronization and Linearity", Wiley 1992, section 2.5, from memory.
 */
final class QueueFormula {

  static final double SHIFTS = 3.5;

  static final double POWER = 0.25;

  private final int depth;
  private final double shifts;
  private final double power;
  private final double[] counts;
  private final double elements;
  private final List<WorkSum[]> sums = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();

  /**
   * @param kinds of elements
   * @param depth D
   */
  QueueFormula(SliceKinds kinds, int depth) {
    this(kinds, depth, SHIFTS, POWER);
  }

  /** Takes other constants, for the fit. */
  QueueFormula(SliceKinds kinds, int depth, double shifts, double power) {
    this.depth = depth;
    this.shifts = shifts;
    this.power = power;
    this.counts = kinds.counts();
    this.elements = Arrays.stream(counts).sum();
    lengths.add(1);
    sums.add(kinds.slices().stream().map(Slice::work).toArray(WorkSum[]::new));
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
    int end = 0;
    while (length(end) < columns) {
      end++;
    }
    // One run of all columns: between the two lengths around it.
    double below = largest(end - 1, 1);
    double share = (columns - length(end - 1)) / (length(end) - length(end - 1));
    double whole = below + share * (largest(end, 1) - below);
    return Math.max(columns, Math.max(whole, runs(peak(columns, end), columns)));
  }

  /** Finds the best run length by bisection: M is concave, so that there is one peak. */
  private int peak(double columns, int end) {
    int low = 0;
    int high = end - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs(middle + 1, columns) > runs(middle, columns)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the cycles of runs of equal length. */
  private double runs(int i, double columns) {
    int run = length(i);
    double more =
        shifts * Math.pow((depth - 1.0) / run, power) * (1 - run / columns) * (1 - 1 / elements);
    return (columns + depth - 1) / (run + depth - 1) * largest(i, 1 + more);
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
