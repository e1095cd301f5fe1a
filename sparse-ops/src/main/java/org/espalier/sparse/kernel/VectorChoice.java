package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/**
 * Chooses a layout for products with a single column. They read every weight once, so that memory
 * decides: the fewest bytes win, unless the loop cannot keep up. The numbers are measurements, see
 * {@code docs/kernels.md}.
 *
 * @param layout the matrix laid out
 * @param reason why, in a phrase
 */
record VectorChoice(VectorLayout layout, String reason) {

  /** Fill-in up to which four rows with common columns are worth their zeros. */
  private static final double MOST_FILL = 1.1;

  /** Below, looking only at the columns of x that are not zero wins. */
  private static final double SPARSE_INPUT = 0.6;

  /** Bitmaps cost the same whatever the density: above, they beat indices. */
  private static final double BITMAP_FROM = 0.25;

  /** The same for columns, whose sums are read and written for each of them. */
  private static final double BITMAP_COLUMNS_FROM = 0.15;

  /** Reading all weights beats gathering x, where bitmaps are slow. */
  private static final double DENSE_FROM = 0.4;

  /** Even a bitmap costs more than the few zeros that it leaves out. */
  private static final double DENSE_ANYWAY_FROM = 0.9;

  private static final String FEW = "few entries, each with its index";

  static VectorChoice of(Csr a, double blockFill, double inputDensity, VectorKernels kernels) {
    if (a.nonZeros() == 0) {
      return new VectorChoice(new EmptyRows(a.rows()), "no entries");
    }
    if (inputDensity <= SPARSE_INPUT) {
      double density = a.nonZeros() / ((double) a.rows() * a.columns());
      return columns(a, blockFill <= MOST_FILL, density, kernels);
    }
    return switch (kind(MatrixProfile.of(a), blockFill, kernels)) {
      case DENSE -> new VectorChoice(DenseRows.of(a), "few zeros");
      case BITMAP ->
          new VectorChoice(BitmapRows.of(a), "a bit per element is less than an index per entry");
      case BLOCKS4 -> new VectorChoice(BlockRows.of(a), "rows come in fours with the same columns");
      case GATHER -> new VectorChoice(GatherRows.of(a), FEW);
      case INDEX -> new VectorChoice(IndexRows.of(a), FEW);
    };
  }

  /**
   * Returns the layout for a dense column.
   *
   * @param a with at least one entry
   * @param blockFill values that blocks of 4 x 1 would store, for a non-zero
   */
  static VectorKind kind(MatrixProfile a, double blockFill, VectorKernels kernels) {
    double denseFrom = kernels.expands() ? DENSE_ANYWAY_FROM : DENSE_FROM;
    if (a.density() >= denseFrom && (long) a.rows() * a.columns() <= Integer.MAX_VALUE) {
      return VectorKind.DENSE;
    }
    if (a.density() > BITMAP_FROM && kernels.expands()) {
      return VectorKind.BITMAP;
    }
    if (blockFill <= MOST_FILL) {
      return VectorKind.BLOCKS4;
    }
    return kernels.widens() ? VectorKind.GATHER : VectorKind.INDEX;
  }

  private static VectorChoice columns(
      Csr a, boolean blocks, double density, VectorKernels kernels) {
    if (blocks) {
      return new VectorChoice(
          ColumnSlabs.of(a, ColumnSlabs.Kind.BLOCKS4), "zeros in x, rows come in fours");
    }
    boolean bitmap = density > BITMAP_COLUMNS_FROM && kernels.expands();
    return new VectorChoice(
        ColumnSlabs.of(a, bitmap ? ColumnSlabs.Kind.BITMAP : ColumnSlabs.Kind.ENTRIES),
        "zeros in x, whose columns are skipped");
  }
}
