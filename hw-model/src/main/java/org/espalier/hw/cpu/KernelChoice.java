package org.espalier.hw.cpu;

import org.espalier.hw.arch.CacheSizes;
import org.espalier.sparse.kernel.KernelForecast;
import org.espalier.sparse.kernel.Layout;
import org.espalier.sparse.kernel.MatrixProfile;
import org.espalier.sparse.kernel.VectorKind;

/**
 * Which kernels a product gets, and their terms of work.
 *
 * <p>At a threshold of the library's rule, a product may get faster with one more weight. So that
 * more zeros never cost more, a product is said to cost at most what it would with weights added up
 * to the next threshold: each time grows with the weights, and so does the least of them. Layouts
 * are not tried beyond what the rule uses them for, where their times were not measured.
 */
final class KernelChoice {

  /** Just above where rows share loads; where bitmaps, and dense rows without them, begin. */
  private static final double[] ROW_STEPS = {0.2701};

  private static final double[] VECTOR_STEPS = {0.2501, 0.4001, 0.9001};

  /** Weights of a column from which X is packed: for single rows, and for blocks of four. */
  private static final double USES_TO_PACK = 5.01;

  private static final double BLOCK_USES_TO_PACK = 6.01;

  private static final double NEXT_TO_NOTHING = 1e-9;

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

  /** Visits what the rule chooses now, and beyond the thresholds above. */
  void candidates(SparseWork work, Visitor visitor) {
    Candidate chosen = chosen(work);
    visitor.take(chosen);
    double elements = (double) work.m() * work.k();
    if (work.nonZeros() == 0) {
      visitor.take(rows(work.withNonZeros(NEXT_TO_NOTHING))); // nothing counts as blocks
    }
    switch (chosen.family()) {
      case VECTOR_GATHER, VECTOR_INDEX, VECTOR_BLOCKS4, VECTOR_BITMAP ->
          rows(work, VECTOR_STEPS, elements, visitor);
      case GROUPS1_IN_PLACE, GROUPS1, GROUPS2, GROUPS3 -> {
        rows(work, ROW_STEPS, elements, visitor);
        rows(work, new double[] {USES_TO_PACK / work.m()}, elements, visitor);
        blocks(work, work.fours(), visitor);
      }
      case BLOCKS4_IN_PLACE -> blocks(work, BLOCK_USES_TO_PACK * work.k(), visitor);
      default -> {}
    }
  }

  /** Visits rows that have nothing in common, with weights added up to a density. */
  private void rows(SparseWork work, double[] densities, double elements, Visitor visitor) {
    for (double density : densities) {
      if (density <= 1 && density * elements > work.nonZeros()) {
        visitor.take(rows(work.withNonZeros(density * elements)));
      }
    }
  }

  /** Visits blocks of 4 x 1. */
  private void blocks(SparseWork work, double blocks, Visitor visitor) {
    double weights = 4 * blocks;
    if (weights >= work.nonZeros() && weights <= (double) work.m() * work.k()) {
      MatrixProfile profile = new MatrixProfile(work.m(), work.k(), weights);
      visitor.take(
          panels(
              work.withNonZeros(weights),
              forecast.panels(profile, 2 * ALL_SHARED, ALL_SHARED, work.n())));
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
    boolean packed = layout.packed() || work.k() > layout.depth() || work.n() < forecast.lanes();
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
