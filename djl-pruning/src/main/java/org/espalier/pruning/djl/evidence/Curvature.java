package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.types.DataType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Second derivatives of the loss, at the weights times their masks, by products of the Hessian with
 * vectors ({@link HessianProducts}).
 *
 * <ul>
 *   <li>{@link Statistic#HESSIAN_GRADIENT}: H g, with L the sum of the batches' losses, every
 *       prediction divided by the temperature 200 first; g = ∂L/∂w and H = ∂²L/∂w² over the
 *       measured weights together (not over other parameters), pruned entries of g set to 0: what
 *       is pruned does not move. Wang, Zhang, Grosse, "Picking winning tickets before training by
 *       preserving gradient flow" (GraSP), ICLR 2020; the temperature is that of the authors' code.
 *       Batch norms use the statistics of the batch.
 *   <li>{@link Statistic#HESSIAN_DIAGONAL}: 1/K Σ_k z_k ⊙ (H z_k) with K random vectors of ±1 and H
 *       of the mean of the batches' losses (Bekas, Kokiopoulou, Saad, "An estimator for the
 *       diagonal of a matrix", 2007). Its expectation is the diagonal; the variance of entry i is
 *       1/K Σ_{j≠i} H_ij². The signs come from the probe's seed and the paths that are measured.
 *   <li>{@link Statistic#HESSIAN_DIAGONAL_EXACT}: e_i · H e_i for every weight i.
 * </ul>
 *
 * <p>For the diagonals, batch norms use their running statistics: the curvature of the trained
 * network. Batches count alike, whatever their size. Dropout does not drop, and weight decay that a
 * loss adds is not part of H.
 *
 * @param vectors K, at least 1
 */
public record Curvature(int vectors) implements Collector {

  /** Temperature that GraSP divides predictions by. */
  static final float TEMPERATURE = 200;

  /** K unless told otherwise. */
  private static final int VECTORS = 32;

  /** Most weights that the exact diagonal is computed for: each costs 2 gradients per batch. */
  private static final int EXACT_WEIGHTS = 20_000;

  /** Estimates diagonals with 32 vectors. */
  public Curvature() {
    this(VECTORS);
  }

  /** Refuses fewer than one vector. */
  public Curvature {
    if (vectors < 1) {
      throw new InvalidInputException(
          "vectors", "at least 1", Integer.toString(vectors), "correct it");
    }
  }

  @Override
  public Set<Statistic> provides() {
    return EnumSet.of(
        Statistic.HESSIAN_GRADIENT, Statistic.HESSIAN_DIAGONAL, Statistic.HESSIAN_DIAGONAL_EXACT);
  }

  @Override
  public Map<String, Map<Statistic, float[]>> collect(
      Probe probe, Set<Statistic> wanted, Set<String> paths) {
    Requests.check(this, probe, wanted);
    Map<String, Map<Statistic, float[]>> results = new HashMap<>();
    DataType type = Precision.highest(probe.network());
    try (NetworkCopy copy = new NetworkCopy(probe, paths, type, MaskedCopies.Change.NONE)) {
      if (wanted.contains(Statistic.HESSIAN_GRADIENT)) {
        double[][] product =
            hessianGradient(copy, BatchLoss.ofEach(probe, type, true, TEMPERATURE), probe);
        Vectors.put(results, Statistic.HESSIAN_GRADIENT, copy.paths(), product, 1);
      }
      HessianProducts hessian = new HessianProducts(copy, BatchLoss.ofEach(probe, type, false, 1));
      double mean = 1.0 / probe.batches().size();
      if (wanted.contains(Statistic.HESSIAN_DIAGONAL)) {
        double[][] diagonal = estimate(hessian, copy.zeros(), probe.seed());
        Vectors.put(results, Statistic.HESSIAN_DIAGONAL, copy.paths(), diagonal, mean);
      }
      if (wanted.contains(Statistic.HESSIAN_DIAGONAL_EXACT)) {
        double[][] diagonal = exact(hessian, copy.zeros());
        Vectors.put(results, Statistic.HESSIAN_DIAGONAL_EXACT, copy.paths(), diagonal, mean);
      }
    }
    return results;
  }

  private static double[][] hessianGradient(NetworkCopy copy, List<Objective> losses, Probe probe) {
    double[][] gradient = copy.zeros();
    for (Objective loss : losses) {
      Vectors.add(gradient, 1, copy.gradient(loss));
    }
    for (int row = 0; row < gradient.length; row++) {
      Mask mask = probe.masks().get(copy.paths().get(row));
      for (int i = 0; mask != null && i < gradient[row].length; i++) {
        if (!mask.isKept(i)) {
          gradient[row][i] = 0;
        }
      }
    }
    return new HessianProducts(copy, losses).times(gradient);
  }

  private double[][] estimate(HessianProducts hessian, double[][] zeros, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] signs = new double[zeros.length][];
    for (int k = 0; k < vectors; k++) {
      for (int row = 0; row < signs.length; row++) {
        signs[row] =
            random.ints(zeros[row].length, 0, 2).mapToDouble(bit -> 2.0 * bit - 1).toArray();
      }
      Vectors.addProduct(zeros, 1.0 / vectors, signs, hessian.times(signs));
    }
    return zeros;
  }

  private static double[][] exact(HessianProducts hessian, double[][] diagonal) {
    long weights = Vectors.size(diagonal);
    if (weights > EXACT_WEIGHTS) {
      throw new InvalidInputException(
          Statistic.HESSIAN_DIAGONAL_EXACT.name().toLowerCase(Locale.ROOT),
          "at most %d weights in all measured parameters".formatted(EXACT_WEIGHTS),
          Long.toString(weights),
          "use the estimated diagonal, or exclude parameters");
    }
    double[][] unit = new double[diagonal.length][];
    for (int row = 0; row < unit.length; row++) {
      unit[row] = new double[diagonal[row].length];
    }
    for (int row = 0; row < unit.length; row++) {
      for (int i = 0; i < unit[row].length; i++) {
        unit[row][i] = 1;
        diagonal[row][i] = hessian.times(unit)[row][i];
        unit[row][i] = 0;
      }
    }
    return diagonal;
  }
}
