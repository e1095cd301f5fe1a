package org.espalier.hw.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The entries of a matrix in which each element lives independently with the same probability. Only
 * columns that are asked for are drawn, from one non-zero to the next: the gaps are geometric, and
 * the padding follows from them as in a real matrix.
 */
public final class DrawnEntries implements EntrySource {

  private final int columns;
  private final QueueSetup setup;
  private final GeometricGaps gaps;
  private final int[] entries;
  private final int[] columnNonZeros;
  private final long[] nonZeros;

  /**
   * @param columns of the matrix
   * @param density probability of a non-zero, in [0, 1]
   * @param setup of the machine
   * @param seed the same seed gives the same entries
   */
  public DrawnEntries(int columns, double density, QueueSetup setup, long seed) {
    this.columns = columns;
    this.setup = setup;
    this.gaps = density > 0 ? new GeometricGaps(density, new SplittableRandom(seed)) : null;
    this.entries = new int[Math.multiplyExact(columns, setup.elements())];
    this.columnNonZeros = new int[columns];
    this.nonZeros = new long[setup.elements()];
  }

  @Override
  public int[] count(int firstRow, int rows, boolean[] wanted) {
    int elements = setup.elements();
    int[] local = new int[elements];
    for (int element = 0; element < elements; element++) {
      local[element] = setup.rowsOf(element, rows);
    }
    Arrays.fill(entries, 0);
    for (int column = 0; column < columns && gaps != null; column++) {
      if (wanted[column]) {
        columnNonZeros[column] = draw(column * elements, local, rows);
      }
    }
    return entries;
  }

  /** Draws a column: the rows of the first element, then those of the second, and so on. */
  private int draw(int from, int[] local, int rows) {
    int bits = setup.indexBits();
    int element = 0;
    // Places of the column at which the rows of the element begin, and behind its last entry.
    int start = 0;
    int free = 0;
    int count = 0;
    for (long at = gaps.next(); at < rows; at += 1 + gaps.next()) {
      while (at >= start + local[element]) {
        start += local[element++];
        free = start;
      }
      entries[from + element] += 1 + ((int) at - free >> bits);
      nonZeros[element]++;
      free = (int) at + 1;
      count++;
    }
    return count;
  }

  @Override
  public int[] columnNonZeros() {
    return columnNonZeros;
  }

  @Override
  public long[] nonZeros() {
    return nonZeros;
  }
}
