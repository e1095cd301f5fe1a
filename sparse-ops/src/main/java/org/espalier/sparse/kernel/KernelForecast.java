package org.espalier.sparse.kernel;

import java.util.Objects;

/**
 * Tells how {@link PackedMatrix} would lay a matrix out, before there is a matrix: for models of
 * what a product costs. The rules are those that packing itself follows.
 */
public final class KernelForecast {

  private final VectorKernels vectors;
  private final PanelKernels panels;

  /**
   * @param kernels of {@link KernelProvider#of} or {@link SparseOps#kernels}
   */
  public KernelForecast(SparseKernels kernels) {
    this.vectors = KernelProvider.vectors(kernels);
    this.panels = KernelProvider.panels(kernels);
  }

  /** Returns the floats of a vector. */
  public int lanes() {
    return panels.lanes();
  }

  /** Returns the bytes of the first-level cache by which panels are cut. */
  public static int firstLevelBytes() {
    return FirstLevelCache.BYTES;
  }

  /**
   * Returns the layout for several columns of X. Its {@link Layout#widest} is what the kernels
   * take; its depth is at most the columns of the matrix.
   *
   * @param a the matrix; at least one element
   * @param pairLoads rows of X that pairs of rows load, for a non-zero: from 0.5 to 1
   * @param fourLoads the same of four rows: from 0.25 to 1
   * @param n columns of X, at least 1
   */
  public Layout panels(MatrixProfile a, double pairLoads, double fourLoads, int n) {
    double fill = a.nonZeros() == 0 ? 1 : RowGroups.Kind.BLOCKS4.height() * fourLoads;
    LayoutChoice choice = LayoutChoice.of(a, fill, n, panels.lanes());
    Layout layout =
        LayoutChoice.isBlocks(fill) ? choice.layout() : choice.withPairs(pairLoads).layout();
    return new Layout(
        layout.kind(),
        Math.min(layout.widest(), panels.widest(layout.kind())),
        Math.min(layout.depth(), Math.max(1, a.columns())),
        layout.packed());
  }

  /**
   * Returns the layout for one dense column of X.
   *
   * @param a the matrix, with at least one entry
   * @param fourLoads rows of X that four rows load, for a non-zero: from 0.25 to 1
   */
  public VectorKind vector(MatrixProfile a, double fourLoads) {
    return VectorChoice.kind(
        Objects.requireNonNull(a, "a"), RowGroups.Kind.BLOCKS4.height() * fourLoads, vectors);
  }
}
