package org.espalier.hw.sim;

import java.util.Arrays;
import org.espalier.hw.workload.Actual;

/** The entries of a known mask, the same as {@code RelativeIndexCsc} stores for each batch. */
public final class MaskEntries implements EntrySource {

  private final Actual mask;
  private final QueueSetup setup;
  private final int[] entries;
  private final int[] lastRow;
  private final int[] columnNonZeros;
  private final long[] nonZeros;

  /**
   * @param mask rows x columns
   * @param setup of the machine
   */
  public MaskEntries(Actual mask, QueueSetup setup) {
    this.mask = mask;
    this.setup = setup;
    this.entries = new int[Math.multiplyExact(mask.columns(), setup.elements())];
    this.lastRow = new int[entries.length];
    this.columnNonZeros = new int[mask.columns()];
    this.nonZeros = new long[setup.elements()];
  }

  @Override
  public int[] count(int firstRow, int rows, boolean[] wanted) {
    Arrays.fill(entries, 0);
    Arrays.fill(lastRow, -1);
    Arrays.fill(columnNonZeros, 0);
    int elements = setup.elements();
    int bits = setup.indexBits();
    mask.forEachNonZero(
        firstRow,
        firstRow + rows,
        (row, column) -> {
          int element = (row - firstRow) % elements;
          int local = (row - firstRow) / elements;
          int at = column * elements + element;
          entries[at] += 1 + (local - lastRow[at] - 1 >> bits);
          lastRow[at] = local;
          nonZeros[element]++;
          columnNonZeros[column]++;
        });
    return entries;
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
