package org.espalier.pruning.report;

/**
 * A count that pruning has made smaller.
 *
 * @param before at least 1
 * @param after in [0, before]
 */
public record Reduction(long before, long after) {

  /** Checks the ranges. */
  public Reduction {
    Checks.atLeast("before", 1, before);
    Checks.atLeast("after", 0, after);
    Checks.atLeast("before", after, before);
  }

  /** Returns the fraction that is gone, in [0, 1]. */
  public double removed() {
    return (double) (before - after) / before;
  }
}
