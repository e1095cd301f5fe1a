package org.espalier.pruning.core.allocation;

import java.util.Arrays;

/**
 * Finds the scale ε at which densities d_l = min(upper_l, max(lower_l, ε r_l)) cost just what a
 * budget allows: sum of d_l c_l = budget. Exact up to rounding: the sum is piecewise linear in ε,
 * so the piece is found first and solved in closed form. For lower bounds of 0 that is the usual
 * loop that forces saturated layers dense and solves again.
 */
final class Filling {

  private final double[] ratios;
  private final double[] lower;
  private final double[] upper;
  private final double[] costs;

  /**
   * @param ratios densities relative to each other, positive
   * @param lower smallest densities
   * @param upper largest densities, at least {@code lower}
   * @param costs of the dense tensors
   */
  Filling(double[] ratios, double[] lower, double[] upper, double[] costs) {
    this.ratios = ratios;
    this.lower = lower;
    this.upper = upper;
    this.costs = costs;
  }

  double[] costs() {
    return costs;
  }

  /** Returns the cost of the densities at a scale; 0 gives the smallest possible. */
  double cost(double scale) {
    double cost = 0;
    for (int i = 0; i < costs.length; i++) {
      cost += density(i, scale) * costs[i];
    }
    return cost;
  }

  /**
   * Returns the densities whose cost is the budget, or the bounds that are nearest to it.
   *
   * @param budget in the unit of the costs
   */
  double[] densities(double budget) {
    double scale = scale(budget);
    double[] densities = new double[costs.length];
    for (int i = 0; i < densities.length; i++) {
      densities[i] = density(i, scale);
    }
    return densities;
  }

  private double density(int i, double scale) {
    return Math.min(upper[i], Math.max(lower[i], scale * ratios[i]));
  }

  /** Returns ε. */
  double scale(double budget) {
    double[] bends = new double[2 * ratios.length];
    for (int i = 0; i < ratios.length; i++) {
      bends[2 * i] = lower[i] / ratios[i];
      bends[2 * i + 1] = upper[i] / ratios[i];
    }
    Arrays.sort(bends);
    double below = 0;
    for (double bend : bends) {
      if (cost(bend) > budget) {
        break;
      }
      below = bend;
    }
    // From the last bend that is affordable to the next, the free tensors share what is left.
    double fixed = 0;
    double slope = 0;
    for (int i = 0; i < ratios.length; i++) {
      // The quotients of above, not products: a tensor at its bound must not look free by rounding.
      if (lower[i] / ratios[i] <= below && below < upper[i] / ratios[i]) {
        slope += ratios[i] * costs[i];
      } else {
        fixed += (below < lower[i] / ratios[i] ? lower[i] : upper[i]) * costs[i];
      }
    }
    return slope == 0 ? below : Math.max(below, (budget - fixed) / slope);
  }
}
