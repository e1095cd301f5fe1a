package org.espalier.hw.cpu;

import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.sparse.pattern.Block;
import org.espalier.sparse.pattern.Heads;
import org.espalier.sparse.pattern.Slice;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * A sparse product as its kernels see it: rows of W go in groups of one to four that share loads of
 * X, so what counts is in how many columns a group has anything at all. All counts grow, or stay,
 * where a zero becomes a weight.
 *
 * @param m rows of W, at least 1
 * @param k columns of W, at least 1
 * @param n columns of X, at least 1
 * @param nonZeros of W
 * @param pairs (pair of rows, column) places with at least one weight
 * @param triples the same of three rows
 * @param fours the same of four rows
 */
public record SparseWork(
    int m, int k, int n, double nonZeros, double pairs, double triples, double fours) {

  /**
   * Returns the work of one product of a layer: of a convolution's lowered form, one group of it.
   *
   * <p>An actual mask is counted, as its rows stand. A model says how many places are empty; where
   * the pattern keeps whole blocks, rows of a block share theirs. Rows that are equal or empty as a
   * whole, as {@code channel} leaves them, are brought together by the packing.
   */
  public static SparseWork of(Layer layer) {
    int m = layer.shape().gemm().m();
    int k = layer.shape().gemm().k();
    int n = layer.shape().gemm().n();
    Occupancy weights = layer.weights();
    double share = (double) m / weights.rows();
    double nonZeros = weights.nonZeros() * share;
    if (nonZeros == 0) {
      return new SparseWork(m, k, n, 0, 0, 0, 0);
    }
    return new SparseWork(
        m,
        k,
        n,
        nonZeros,
        places(weights, layer.pattern(), 2) * share,
        places(weights, layer.pattern(), 3) * share,
        places(weights, layer.pattern(), 4) * share);
  }

  private static double places(Occupancy weights, SparsityPattern pattern, int height) {
    double least = (double) weights.nonZeros() / height;
    if (wholeRows(pattern) || weights.isDense()) {
      return least;
    }
    if (!(weights instanceof Actual) && pattern instanceof Block block && block.rows() > 1) {
      double units = (double) height / block.rows();
      double groups = (double) weights.rows() / height;
      double empty = Math.pow(1 - weights.density(), Math.max(1, units));
      return Math.max(least, groups * weights.columns() * (1 - empty));
    }
    if (weights.rows() < height) {
      return Math.max(least, weights.columns() * (1 - Math.pow(1 - weights.density(), height)));
    }
    double tiles = (double) weights.rows() / height * weights.columns();
    return Math.max(least, tiles * (1 - weights.tiles(height, 1).probability(0)));
  }

  private static boolean wholeRows(SparsityPattern pattern) {
    return pattern == Slice.CHANNEL || pattern == Slice.INPUT_CHANNEL || pattern instanceof Heads;
  }

  /** Returns weights / elements. */
  public double density() {
    return nonZeros / ((double) m * k);
  }

  /**
   * Returns the places of groups of some rows.
   *
   * @param height 1 to 4
   */
  public double places(int height) {
    return switch (height) {
      case 1 -> nonZeros;
      case 2 -> pairs;
      case 3 -> triples;
      default -> fours;
    };
  }

  /** Returns rows of X that groups load for a weight: 1 / height where they share all. */
  public double loads(int height) {
    return nonZeros == 0 ? 1 : Math.min(1, places(height) / nonZeros);
  }

  /**
   * Returns the same product with more weights.
   *
   * @param more at least as many as now; places stay, but for what more weights need at least
   */
  SparseWork withNonZeros(double more) {
    return new SparseWork(
        m,
        k,
        n,
        more,
        Math.max(pairs, more / 2),
        Math.max(triples, more / 3),
        Math.max(fours, more / 4));
  }
}
