package org.espalier.hw.cpu;

import org.espalier.hw.arch.CacheSizes;
import org.espalier.sparse.kernel.KernelForecast;
import org.espalier.sparse.kernel.Layout;
import org.espalier.sparse.kernel.MatrixProfile;
import org.espalier.sparse.kernel.VectorKind;

/**
 * Which kernels a product may get, and their terms of work.
 *
 * <p>At the thresholds of the library's rule, a product may get faster with one more weight. So
 * that more zeros never cost more, a product is said to cost at most what one with more weights
 * costs: candidates are what the rule chooses for these weights, and for as many as it chooses
 * another layout for. Each time grows with the weights, and so does the least of them.
 */
final class KernelChoice {

  /** Just above where rows share loads, and where bitmaps and dense rows begin. */
  private static final double[] ROW_STEPS = {0, 0.2701};

  private static final double[] VECTOR_STEPS = {0, 0.2501, 0.4001, 0.9001};

  /** Weights of a column from which X is packed. */
  private static final double USES_TO_PACK = 5.01;

  private static final double ALL_SHARED = 0.25;
  private static final double NONE_SHARED = 1;

  private final KernelForecast forecast;
  private final WorkTerms terms;

  /** A family with the work that it does. */
  record Candidate(KernelFamily family, double[] terms) {}

  /** What is done with a candidate. */
  interface Visitor {
    void take(Candidate candidate);
  }

  KernelChoice(KernelForecast forecast, CacheSizes caches, int threads) {
    this.forecast = forecast;
    this.terms = new WorkTerms(caches, forecast.lanes(), threads);
  }

  WorkTerms terms() {
    return terms;
  }

  /** Returns what the library chooses for this work. */
  Candidate chosen(SparseWork work) {
    MatrixProfile profile = new MatrixProfile(work.m(), work.k(), work.nonZeros());
    return work.n() == 1
        ? vector(work, forecast.vector(profile, work.loads(4)))
        : panels(work, forecast.panels(profile, work.loads(2), work.loads(4), work.n()));
  }

  /** Visits all candidates. */
  void candidates(SparseWork work, Visitor visitor) {
    double elements = (double) work.m() * work.k();
    double asBlocks = Math.min(elements, 4 * work.fours());
    for (double step : work.n() == 1 ? VECTOR_STEPS : ROW_STEPS) {
      SparseWork more = work.withNonZeros(Math.max(work.nonZeros(), step * elements));
      visitor.take(rows(more));
    }
    MatrixProfile blocks = new MatrixProfile(work.m(), work.k(), asBlocks);
    if (work.n() == 1) {
      visitor.take(vector(work.withNonZeros(asBlocks), forecast.vector(blocks, ALL_SHARED)));
      return;
    }
    visitor.take(panels(work, forecast.panels(blocks, 0.5, ALL_SHARED, work.n())));
    double packing = Math.max(work.nonZeros(), Math.min(elements, USES_TO_PACK * work.k()));
    visitor.take(rows(work.withNonZeros(packing)));
    MatrixProfile own = new MatrixProfile(work.m(), work.k(), work.nonZeros());
    if (work.loads(2) < 0.9) {
      visitor.take(panels(work, forecast.panels(own, 0.5, NONE_SHARED, work.n())));
    }
  }

  /** The layout of rows that have nothing in common. */
  private Candidate rows(SparseWork work) {
    MatrixProfile profile = new MatrixProfile(work.m(), work.k(), work.nonZeros());
    return work.n() == 1
        ? vector(work, forecast.vector(profile, NONE_SHARED))
        : panels(work, forecast.panels(profile, NONE_SHARED, NONE_SHARED, work.n()));
  }

  private Candidate panels(SparseWork work, Layout layout) {
    boolean packed =
        layout.packed() || work.k() > layout.depth() || work.n() < forecast.lanes();
    Layout used = new Layout(layout.kind(), layout.widest(), layout.depth(), packed);
    KernelFamily family =
        switch (layout.kind()) {
          case GROUPS1 -> packed ? KernelFamily.GROUPS1 : KernelFamily.GROUPS1_IN_PLACE;
          case GROUPS2 -> KernelFamily.GROUPS2;
          case GROUPS3 -> KernelFamily.GROUPS3;
          case BLOCKS4 -> packed ? KernelFamily.BLOCKS4 : KernelFamily.BLOCKS4_IN_PLACE;
        };
    return new Candidate(family, terms.panels(work, used));
  }

  private Candidate vector(SparseWork work, VectorKind kind) {
    return new Candidate(familyOf(kind), terms.vector(work, kind));
  }

  private static KernelFamily familyOf(VectorKind kind) {
    return switch (kind) {
      case DENSE -> KernelFamily.VECTOR_DENSE;
      case BITMAP -> KernelFamily.VECTOR_BITMAP;
      case BLOCKS4 -> KernelFamily.VECTOR_BLOCKS4;
      case GATHER -> KernelFamily.VECTOR_GATHER;
      case INDEX -> KernelFamily.VECTOR_INDEX;
    };
  }
}
