package org.espalier.sparse.kernel;

/**
 * The elements of x that are not zero (NaN is none, -0 is one): what a product that goes by columns
 * has to look at. (S. Han et al., EIE: Efficient Inference Engine on Compressed Deep Neural
 * Network, ISCA 2016, section III, skips zero activations so.)
 */
public final class LiveColumns {

  /** Kernels take up to four columns at once: what fills the last four is empty. */
  private static final int PADDING = 3;

  private final int[] columns;
  private final float[] values;
  private int count;

  LiveColumns(int capacity) {
    this.columns = new int[capacity + PADDING];
    this.values = new float[capacity + PADDING];
  }

  int capacity() {
    return columns.length - PADDING;
  }

  void collect(float[] x) {
    int found = 0;
    for (int column = 0; column < x.length; column++) {
      // No branch, which would be mispredicted every third time: a zero is overwritten.
      columns[found] = column;
      values[found] = x[column];
      found += x[column] == 0f ? 0 : 1;
    }
    count = found;
    for (int i = count; i < count + PADDING; i++) {
      columns[i] = x.length;
      values[i] = 0f;
    }
  }

  /** Returns how many there are. */
  public int count() {
    return count;
  }

  /**
   * Returns the live array of their indices, ascending; {@link #count} of them, and three times the
   * column behind the last one.
   */
  public int[] columns() {
    return columns;
  }

  /** Returns the live array of the elements, and three zeros. */
  public float[] values() {
    return values;
  }
}
