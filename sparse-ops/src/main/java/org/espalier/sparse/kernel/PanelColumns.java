package org.espalier.sparse.kernel;

/**
 * The columns of a panel. Where they end inside the last vector, that vector lies further left and
 * covers some columns for a second time: they get the same values. Only if there are fewer columns
 * than lanes, the vector's rest is padding.
 *
 * @param n columns of the whole matrix
 * @param first first column of the panel
 * @param last where the last vector begins
 * @param vectors how many
 * @param lanes floats of a vector
 */
public record PanelColumns(int n, int first, int last, int vectors, int lanes) {

  /** Returns panel {@code index} of {@code count} panels of nearly equal width. */
  public static PanelColumns of(int index, int count, int n, int lanes) {
    int vectors = vectors(n, lanes);
    // 13 vectors in two panels make 7 + 6.
    int begin = (int) ((long) vectors * index / count);
    int end = (int) ((long) vectors * (index + 1) / count);
    int last = Math.max(0, Math.min((end - 1) * lanes, n - lanes));
    return new PanelColumns(n, begin * lanes, last, end - begin, lanes);
  }

  /** Returns how many vectors cover n columns. */
  public static int vectors(int n, int lanes) {
    return (int) ((n - 1L + lanes) / lanes);
  }

  /** Returns the floats of a packed row. */
  public int width() {
    return vectors * lanes;
  }

  /** Returns whether a vector is wider than all columns together. */
  public boolean padded() {
    return n < lanes;
  }
}
