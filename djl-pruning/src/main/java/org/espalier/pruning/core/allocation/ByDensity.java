package org.espalier.pruning.core.allocation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;

/**
 * Allocations whose densities follow from the tensors, not from the scores. Densities d_l are real
 * numbers with sum of d_l c_l = (1 - s) times the sum of c_l, where c_l is a tensor's number of
 * weights, or of operations under {@link Budget#FLOPS}; each tensor is then rounded for itself: it
 * keeps floor(d_l n_l + 0.5) of n_l units. A floor of m units is a density of at least m / n_l.
 */
interface ByDensity extends Allocation {

  /** Densities are rounded to so many decimals, so that 1 - 0.1 in floating point is 0.9 again. */
  int DECIMALS = 14;

  /** Returns what is counted, and the floor. */
  Terms terms();

  /**
   * Returns the density of each tensor.
   *
   * @param sparsity of the group, in [0, 1)
   * @param tensors in name order
   * @param floors density that each tensor has at least, in [0, 1]
   * @return each in [0, 1]
   * @throws InvalidInputException if there are none
   */
  double[] densities(double sparsity, List<TensorInfo> tensors, double[] floors);

  @Override
  default double[] sparsities(Demand demand, List<UnitScores> tensors) {
    double sparsity = demand.requireSparsity(type());
    double[] floors = floors(terms(), tensors);
    List<TensorInfo> infos = tensors.stream().map(UnitScores::tensor).toList();
    double[] densities = densities(sparsity, infos, floors);
    return IntStream.range(0, densities.length)
        .mapToDouble(i -> sparsity(densities[i], tensors.get(i).units()))
        .toArray();
  }

  @Override
  default void requireFits(Demand utmost, List<TensorInfo> tensors) {
    densities(utmost.requireSparsity(type()), tensors, new double[tensors.size()]);
  }

  /** Returns the density that each tensor has at least, for the units that are safe. */
  static double[] floors(Terms terms, List<UnitScores> tensors) {
    int[] safe = terms.floors(tensors);
    double[] floors = new double[safe.length];
    for (int i = 0; i < safe.length; i++) {
      floors[i] = safe[i] == 0 ? 0 : (double) safe[i] / tensors.get(i).units();
    }
    return floors;
  }

  /** Returns what each dense tensor costs. */
  static double[] costs(Budget budget, List<TensorInfo> tensors) {
    return tensors.stream().mapToDouble(budget::cost).toArray();
  }

  /** Returns what the group may cost: (1 - s) of the sum, s read as a decimal. */
  static double allowed(double sparsity, double[] costs) {
    return Share.kept(sparsity, (long) Arrays.stream(costs).sum()).doubleValue();
  }

  /**
   * Returns the densities that cost what is allowed.
   *
   * @throws InvalidInputException if the smallest densities cost more
   */
  static double[] meet(ByDensity allocation, double sparsity, Filling filling) {
    double allowed = allowed(sparsity, filling.costs());
    double least = filling.cost(0);
    // A bound that leaves just what is asked for must not fail by the last bit.
    if (least > allowed * (1 + 1e-12)) {
      double most = 1 - least / Arrays.stream(filling.costs()).sum();
      throw new InvalidInputException(
          "allocation",
          String.format(
              Locale.ROOT,
              "a sparsity of at most %.6f, as '%s' keeps some tensors denser",
              most,
              allocation.type()),
          Double.toString(sparsity),
          "lower the schedule's target, or what the allocation guarantees to tensors");
    }
    return filling.densities(allowed);
  }

  /**
   * Returns the sparsity that keeps floor(density n + 0.5) units as exact arithmetic would: what
   * the last layers share is often a half exactly, and must not be rounded down for its last bit.
   */
  private static double sparsity(double density, int n) {
    double sparsity =
        BigDecimal.ONE
            .subtract(BigDecimal.valueOf(density))
            .setScale(DECIMALS, RoundingMode.HALF_UP)
            .doubleValue();
    long above = (long) Math.floor(density * n) + 1;
    boolean half = Math.abs(above - 0.5 - density * n) <= n * 1e-14;
    return half && Counts.kept(sparsity, n) < above ? sparsity - 2e-14 : sparsity;
  }
}
