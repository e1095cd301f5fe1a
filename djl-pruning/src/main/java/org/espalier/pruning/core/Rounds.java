package org.espalier.pruning.core;

import org.espalier.pruning.core.schedule.Demand;

/**
 * The sparsities of the rounds of one decision: after round r of n the density is d_0 (d / d_0)^(r
 * / n), from the density d_0 before the decision to the density d that is demanded.
 *
 * <p>Source: the exponential schedule k_t = exp(a log k + (1 - a) log m), a = t / T, of P. de Jorge
 * et al., "Progressive Skeletonization", ICLR 2021, equation 9; the same as rho^(-k / n) of H.
 * Tanaka et al., "Pruning neural networks without any data by iteratively conserving synaptic
 * flow", NeurIPS 2020, algorithm 1.
 */
public final class Rounds {

  private Rounds() {}

  /**
   * Returns the sparsity after a round; after the last that of the target, bit for bit.
   *
   * @param target sparsity after the whole decision, in [0, 1)
   * @param before sparsity before it, in [0, 1)
   * @param round from 1
   * @param rounds at least {@code round}
   */
  public static double sparsity(double target, double before, int round, int rounds) {
    if (round == rounds || target <= before) {
      return target;
    }
    double density = 1 - before;
    double ratio = (1 - target) / density;
    return 1 - density * Math.pow(ratio, (double) round / rounds);
  }

  /**
   * @param demand of the whole decision
   * @param before sparsity before it, in [0, 1]
   * @param round from 1
   */
  static Demand demand(Demand demand, double before, int round, int rounds) {
    // Thresholds are not approached in steps.
    if (round == rounds
        || !(demand instanceof Demand.Sparsity target)
        || target.sparsity() <= before) {
      return demand;
    }
    return new Demand.Sparsity(sparsity(target.sparsity(), before, round, rounds));
  }
}
