package org.espalier.hw.sim;

/**
 * Where the entries of a compressed matrix come from: non-zeros, and padding where a run of zeros
 * is too long for its bits.
 */
public interface EntrySource {

  /**
   * Counts the entries of a batch of rows.
   *
   * @param firstRow of the batch
   * @param rows of the batch, at least 1
   * @param wanted which columns are asked for; the others may be left at 0
   * @return entries of (column, element) at column * elements + element, padding included; the
   *     array is filled anew by the next call
   */
  int[] count(int firstRow, int rows, boolean[] wanted);

  /** Returns the non-zeros of each column in the last batch that was counted; a live array. */
  int[] columnNonZeros();

  /**
   * Returns the non-zeros of each element in all that was counted so far; a live array.
   *
   * <p>Padding is left out: it follows from where the zeros lie, not from how many there are.
   */
  long[] nonZeros();
}
