package org.espalier.hw.sim;

/**
 * What the processing elements did, exact or expected.
 *
 * @param cycles until all was done, loading and storing of batches included
 * @param entries worked on, padding included, over all elements
 * @param nonZeros of {@code entries} those that are no padding
 * @param visits columns sent, times elements: each looks up its part
 * @param batches of rows and columns, over all samples
 * @param stored entries of the whole layer that the element with most of them keeps; expected where
 *     the weights are a model
 * @param staticBalance mean non-zeros of an element / most of one, in [0, 1]
 */
public record QueueTotals(
    double cycles,
    double entries,
    double nonZeros,
    double visits,
    double batches,
    double stored,
    double staticBalance) {

  /** Returns the share of padding among the entries, in [0, 1). */
  public double paddingShare() {
    return entries > 0 ? Math.max(0, 1 - nonZeros / entries) : 0;
  }

  /** Returns mean / most; 1 where there is nothing to share. */
  static double balance(long[] work) {
    long most = 0;
    double sum = 0;
    for (long each : work) {
      most = Math.max(most, each);
      sum += each;
    }
    return most == 0 ? 1 : sum / work.length / most;
  }
}
