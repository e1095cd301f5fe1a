package org.espalier.tribuo.selection;

/**
 * Engelbrecht's test of variance nullity: an input goes if the hypothesis that the variance of its
 * sensitivity is at least σ₀² is rejected, that is if γ = (P − 1) σ² / σ₀² is at most the
 * α-quantile of χ² with P − 1 degrees of freedom. If no input goes, σ₀² is multiplied by 10.
 * Source: see {@link Sensitivity}; from memory.
 */
final class VarianceNullity implements BackwardElimination.Toll {

  private final int freedom;
  private final double critical;
  private double nullVariance;

  /**
   * @param examples P
   * @param alpha level of significance, in (0, 1)
   * @param nullVariance σ₀² at first, above 0
   */
  VarianceNullity(int examples, double alpha, double nullVariance) {
    this.freedom = Math.max(1, examples - 1);
    this.critical = ChiSquare.quantile(alpha, freedom);
    this.nullVariance = nullVariance;
  }

  /** Returns γ. */
  double statistic(double variance) {
    return freedom * variance / nullVariance;
  }

  /** Returns the largest γ at which an input goes. */
  double critical() {
    return critical;
  }

  /** Returns σ₀². */
  double nullVariance() {
    return nullVariance;
  }

  /** Counts the variances that are not significant, raising σ₀² until there is one. */
  @Override
  public int of(double[] scores) {
    // The lowest goes in any case once σ₀² is no number that can grow, or the variance is none.
    while (statistic(scores[0]) > critical && nullVariance < Double.MAX_VALUE / 10) {
      nullVariance *= 10;
    }
    int count = 0;
    for (double score : scores) {
      count += statistic(score) <= critical ? 1 : 0;
    }
    return Math.max(1, count);
  }
}
