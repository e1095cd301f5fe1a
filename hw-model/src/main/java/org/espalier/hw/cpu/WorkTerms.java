package org.espalier.hw.cpu;

import org.espalier.hw.arch.CacheSizes;
import org.espalier.sparse.kernel.Layout;
import org.espalier.sparse.kernel.PanelColumns;
import org.espalier.sparse.kernel.VectorKind;

/**
 * Counts the terms of work of products, in the order of {@link KernelFamily#terms}. Every term is
 * at least 0, and with more weights in the same layout none gets smaller: so times never do.
 *
 * <p>A second cache of c bytes is taken to keep three quarters for an operand; of one of b bytes,
 * the share max(0, 1 - 0.75 c / b) comes from beyond it each time it is read from end to end.
 */
final class WorkTerms {

  private static final double KEPT_SHARE = 0.75;

  /** As {@code PanelProduct} shares panels if there are so many for each thread, else rows. */
  private static final int PANELS_PER_THREAD = 4;

  private static final int INDEX_BYTES = 2;

  /** Rows as long as this begin on pages of their own. */
  private static final double PAGE_BYTES = 4096;

  private final CacheSizes caches;
  private final int lanes;
  private final int threads;

  /**
   * @param lanes floats of a vector
   * @param threads that share a product
   */
  WorkTerms(CacheSizes caches, int lanes, int threads) {
    this.caches = caches;
    this.lanes = lanes;
    this.threads = threads;
  }

  /**
   * A product with several columns. An entry is a place of the layout: a column in which a group of
   * rows has a weight. Terms: calls; visits of groups by blocks and panels; vectors of sums read
   * and written; entries, once per panel; vectors of X loaded; vectors multiplied; vectors packed;
   * vectors written; both again for operands beyond the second cache, in vectors, and in rows whose
   * pages are far apart; bytes of weights beyond it; vectors of X loaded although the panel
   * overflows the first cache; the same of X in place beyond the second; rows and values of X
   * narrower than a vector. Loads count once again as loads that overflow count twice: so a load
   * that overflows costs at most twice as much as one that does not, and a deeper block, which
   * fewer weights get, never makes the product slower.
   */
  double[] panels(SparseWork work, Layout layout) {
    int height = layout.kind().height();
    double vectors = PanelColumns.vectors(work.n(), lanes);
    int width = layout.widest();
    double panels = Math.ceil(vectors / width);
    double blocks = Math.ceil((double) work.k() / layout.depth());
    double groups = Math.ceil((double) work.m() / height);
    double entries = work.places(height);
    boolean byPanels = panels >= PANELS_PER_THREAD * threads;
    double part = byPanels ? Math.ceil(panels / threads) / panels : 1.0 / threads;
    double packers = byPanels ? part : 1;
    double stored = height == 4 ? 4 * entries : work.nonZeros();
    double weightBytes = (double) INDEX_BYTES * entries + Float.BYTES * stored;
    double xBytes = (double) Float.BYTES * work.k() * work.n();
    double yBytes = (double) Float.BYTES * work.m() * work.n();
    double panelBytes = (double) Math.min(layout.depth(), work.k()) * width * lanes * Float.BYTES;
    boolean packed = layout.packed();
    boolean padded = work.n() < lanes;
    double loads = entries * vectors;
    double farX = packed ? packers * work.k() * far(xBytes) : 0;
    double farY = part * work.m() * far(yBytes);
    double spilled = over(packed ? panelBytes : xBytes, 0.85 * caches.firstLevelBytes());
    return new double[] {
      1,
      part * panels * blocks * groups,
      part * vectors * blocks * work.m(),
      part * entries * panels,
      part * loads,
      part * stored * vectors,
      packed ? packers * work.k() * vectors : 0,
      part * work.m() * vectors,
      farX * vectors + farY * vectors,
      (farX + farY) * panels * Math.min(1, Float.BYTES * work.n() / PAGE_BYTES),
      part * panels * weightBytes * far(weightBytes),
      part * loads * (1 + spilled),
      packed ? 0 : part * loads * far(xBytes),
      padded ? packers * work.k() : 0,
      padded ? part * work.m() * work.n() : 0
    };
  }

  /**
   * A product with one column. Terms: calls; rows; steps of a vector over all elements, where the
   * layout takes them all; entries; bytes of weights beyond the first and beyond the second cache.
   */
  double[] vector(SparseWork work, VectorKind kind) {
    double elements = (double) work.m() * work.k();
    double steps = work.m() * Math.ceil((double) work.k() / lanes);
    double part = 1.0 / threads;
    double bytes =
        switch (kind) {
          case DENSE -> Float.BYTES * elements;
          case BITMAP -> Float.BYTES * work.nonZeros() + elements / Byte.SIZE;
          case BLOCKS4 -> (4.0 * Float.BYTES + INDEX_BYTES) * work.fours();
          case GATHER -> (double) (Float.BYTES + INDEX_BYTES) * work.nonZeros();
          case INDEX -> (double) (Float.BYTES + Integer.BYTES) * work.nonZeros();
        };
    boolean all = kind == VectorKind.DENSE || kind == VectorKind.BITMAP;
    double entries = kind == VectorKind.BLOCKS4 ? work.fours() : work.nonZeros();
    return new double[] {
      1,
      part * work.m(),
      all ? part * steps : 0,
      kind == VectorKind.DENSE ? 0 : part * entries,
      part * bytes * over(bytes, 0.85 * caches.firstLevelBytes()),
      part * bytes * far(bytes)
    };
  }

  /** A dense product of the native library, with one column. */
  double[] denseVector(int m, int k) {
    return vector(new SparseWork(m, k, 1, (double) m * k, 0, 0, 0), VectorKind.DENSE);
  }

  /**
   * A dense product of the native library. Terms: calls; weights times vectors of columns, which
   * are filled up; values of the three operands, and those beyond the second cache; vectors of the
   * result; weights of a product so narrow that each meets one vector.
   */
  double[] dense(int m, int k, int n) {
    double vectors = PanelColumns.vectors(n, lanes);
    double weights = (double) m * k;
    double inputs = (double) k * n;
    double outputs = (double) m * n;
    double part = 1.0 / threads;
    return new double[] {
      1,
      part * weights * vectors,
      part * weights,
      part * inputs,
      part * outputs,
      part * weights * far(Float.BYTES * weights),
      part * inputs * far(Float.BYTES * inputs),
      part * outputs * far(Float.BYTES * outputs),
      part * m * vectors,
      vectors == 1 ? part * weights : 0
    };
  }

  private double far(double bytes) {
    return over(bytes, KEPT_SHARE * caches.secondLevelBytes());
  }

  private static double over(double bytes, double kept) {
    return bytes <= kept ? 0 : 1 - kept / bytes;
  }
}
