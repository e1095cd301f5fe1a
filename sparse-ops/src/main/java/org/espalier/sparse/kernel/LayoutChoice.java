package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/**
 * Chooses a layout by shape and density; the numbers behind the rules are measurements, see {@code
 * docs/kernels.md}.
 *
 * @param layout what to use
 * @param reason why, in a phrase
 */
record LayoutChoice(Layout layout, String reason) {

  /** Fill-in up to which four rows with common columns are worth their zeros. */
  private static final double MOST_FILL = 1.1;

  /** X of one block fits the first-level cache beside everything else: 40 KiB. */
  private static final int PANEL_FLOATS = 10 << 10;

  private static final int WHOLE = RowGroupsBuilder.DEEPEST;

  static LayoutChoice of(Csr a, double blockFill, int n, int lanes) {
    double density = a.nonZeros() / Math.max(1.0, (double) a.rows() * a.columns());
    int vectors = Math.min(8, PanelColumns.vectors(n, lanes));
    if (blockFill <= MOST_FILL) {
      int width = Math.min(5, vectors);
      int depth = density > 0.06 ? depth(128, width, 5, lanes) : WHOLE;
      return new LayoutChoice(
          new Layout(RowGroups.Kind.BLOCKS4, width, depth, density > 0.03),
          "rows come in fours with the same columns");
    }
    if (density > 0.25) {
      RowGroups.Kind kind = vectors > 4 ? RowGroups.Kind.GROUPS2 : RowGroups.Kind.GROUPS3;
      int depth = depth(PANEL_FLOATS / (vectors * lanes), vectors, vectors, lanes);
      return new LayoutChoice(
          new Layout(kind, vectors, depth, true), "dense enough for rows to share loads of X");
    }
    if (density > 0.07) {
      int depth = PANEL_FLOATS / (vectors * lanes) * 5 / 4;
      return new LayoutChoice(
          new Layout(RowGroups.Kind.GROUPS1, vectors, depth, true),
          "single rows, X in the first-level cache");
    }
    return new LayoutChoice(
        new Layout(RowGroups.Kind.GROUPS1, vectors, WHOLE, density > 0.03),
        "rows too short for cache blocks");
  }

  private static int depth(int wanted, int width, int widest, int lanes) {
    return Math.max(16, wanted * widest / width * 16 / Math.max(16, lanes));
  }
}
