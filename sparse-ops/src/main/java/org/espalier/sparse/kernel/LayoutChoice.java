package org.espalier.sparse.kernel;

import org.espalier.sparse.kernel.RowGroups.Kind;

/**
 * Chooses a layout by shape, density and pattern. The rules weigh three costs, found by measuring
 * every layout on the shapes of {@code docs/kernels.md}: loads of X (fewer where rows share them,
 * cheap from the first-level cache), reading and writing the sums once per block of columns, and
 * packing X, which pays only if its rows are used often.
 *
 * @param layout what to use
 * @param reason why, in a phrase
 */
record LayoutChoice(Layout layout, String reason) {

  /** Fill-in up to which four rows with common columns are worth their zeros. */
  private static final double MOST_FILL = 1.3;

  /** Below this, so few rows share a column that groups cost more in loops than they save. */
  private static final double SHARING_DENSITY = 0.27;

  /** Columns of a block for three rows and four vectors: seven loops want to be long. */
  private static final int SHARING_DEPTH = 192;

  /** Entries of a row (or group of four) in a block that pay for reading and writing its sums. */
  private static final int ENTRIES_PER_VISIT = 20;

  private static final int BLOCK_ENTRIES_PER_VISIT = 64;

  /** Four rows share a row of X, which may then come from the second-level cache. */
  private static final int BLOCK_DEPTH = 192;

  /** How often a row of X must be used before it is worth a copy into aligned memory. */
  private static final double USES_TO_PACK = 5;

  private static final double BLOCK_USES_TO_PACK = 6;

  /** The widest panels pay only if enough rows of them fit the first-level cache. */
  private static final int WIDE_CACHE = 48 << 10;

  /** Panels this narrow have few sums to save: X may fill half a second-level cache (512 KiB). */
  private static final int NARROWEST = 2;

  private static final int NARROWEST_BYTES = 1 << 19;

  private static final int WIDE = 8;
  private static final int NARROW = 4;
  private static final int BLOCK_WIDE = 5;

  /**
   * Chooses.
   *
   * @param blockFill values that blocks of 4 x 1 would store, for a non-zero
   * @param n columns of X
   * @param lanes floats of a vector
   */
  static LayoutChoice of(MatrixProfile a, double blockFill, int n, int lanes) {
    double density = a.density();
    int vectors = PanelColumns.vectors(n, lanes);
    return isBlocks(blockFill)
        ? blocks(a, density * blockFill, vectors, lanes)
        : rows(a, density, vectors, lanes);
  }

  /** Returns whether four rows have enough columns in common. */
  static boolean isBlocks(double blockFill) {
    return blockFill <= MOST_FILL;
  }

  /**
   * Returns the same for rows that were analyzed: pairs of them if these share as many loads as
   * they do in a matrix that is dense enough.
   *
   * @param loads rows of X that pairs of rows load for a non-zero; at random, 1 - density / 2
   */
  LayoutChoice withPairs(double loads) {
    if (layout.kind() != Kind.GROUPS1 || 2 * (1 - loads) <= SHARING_DENSITY) {
      return this;
    }
    return new LayoutChoice(
        new Layout(Kind.GROUPS2, layout.widest(), layout.depth(), layout.packed()),
        "pairs of rows share loads of X");
  }

  private static LayoutChoice blocks(MatrixProfile a, double density, int vectors, int lanes) {
    int height = Kind.BLOCKS4.height();
    int width = balanced(vectors, BLOCK_WIDE);
    if (density * a.rows() / height <= BLOCK_USES_TO_PACK) {
      return new LayoutChoice(
          new Layout(Kind.BLOCKS4, width, RowGroupsBuilder.DEEPEST, false),
          "blocks of 4 x 1, rows of X used too rarely to pack them");
    }
    int depth =
        width <= NARROWEST
            ? fitting(width, lanes)
            : (int) Math.max(BLOCK_DEPTH, BLOCK_ENTRIES_PER_VISIT / density);
    return new LayoutChoice(
        new Layout(Kind.BLOCKS4, width, whole(depth, a), true), "blocks of 4 x 1");
  }

  private static LayoutChoice rows(MatrixProfile a, double density, int vectors, int lanes) {
    int width = balanced(vectors, FirstLevelCache.BYTES >= WIDE_CACHE ? WIDE : NARROW);
    if (density * a.rows() <= USES_TO_PACK) {
      return new LayoutChoice(
          new Layout(Kind.GROUPS1, width, RowGroupsBuilder.DEEPEST, false),
          "single rows, rows of X used too rarely to pack them");
    }
    int fitting = fitting(width, lanes);
    if (density > SHARING_DENSITY) {
      Kind kind = width > NARROW ? Kind.GROUPS2 : Kind.GROUPS3;
      int depth =
          kind == Kind.GROUPS3 ? Math.max(fitting, SHARING_DEPTH * NARROW / width) : fitting;
      return new LayoutChoice(
          new Layout(kind, width, whole(depth, a), true),
          "dense enough for rows to share loads of X");
    }
    int depth = (int) Math.max(fitting, ENTRIES_PER_VISIT / density);
    return new LayoutChoice(
        new Layout(Kind.GROUPS1, width, whole(depth, a), true),
        depth == fitting
            ? "single rows, X in the first-level cache"
            : "single rows, too few entries for smaller blocks");
  }

  /** Returns how many rows of a panel stay in the cache that suits its width. */
  private static int fitting(int width, int lanes) {
    int row = width * lanes * Float.BYTES;
    if (width <= NARROWEST) {
      return NARROWEST_BYTES / row;
    }
    // Sums and weights pass through the cache as well; narrow panels bear to overflow it a little,
    // because deeper blocks save them more.
    int bytes = width <= NARROW ? FirstLevelCache.BYTES / 4 * 5 : FirstLevelCache.BYTES / 6 * 5;
    return Math.max(1, bytes / row);
  }

  /** Returns the width of panels of nearly equal width: 9 vectors go as 5 + 4, not as 8 + 1. */
  private static int balanced(int vectors, int widest) {
    int panels = (vectors - 1) / widest + 1;
    return (vectors - 1) / panels + 1;
  }

  /** Returns a depth, or the whole matrix if a second block would be a small rest. */
  private static int whole(int depth, MatrixProfile a) {
    return depth * 4L >= a.columns() * 3L ? RowGroupsBuilder.DEEPEST : depth;
  }
}
