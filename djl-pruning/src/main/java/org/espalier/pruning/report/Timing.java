package org.espalier.pruning.report;

/**
 * The same work done twice: with dense and with sparse weights.
 *
 * @param denseTimeUs microseconds, positive and finite
 * @param sparseTimeUs microseconds, positive and finite
 */
public record Timing(double denseTimeUs, double sparseTimeUs) {

  /** Checks that both times are positive and that their ratio is a finite number. */
  public Timing {
    Checks.positive("denseTimeUs", denseTimeUs);
    Checks.positive("sparseTimeUs", sparseTimeUs);
    Checks.positive("denseTimeUs / sparseTimeUs", denseTimeUs / sparseTimeUs);
  }

  /** Returns dense time / sparse time: above 1, sparse is faster. */
  public double speedup() {
    return denseTimeUs / sparseTimeUs;
  }
}
