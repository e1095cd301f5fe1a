package org.espalier.hw.cost;

/**
 * What a model says about one layer.
 *
 * @param denseTimeUs time of the dense product, microseconds
 * @param sparseTimeUs time of the sparse product, microseconds
 * @param boundBy what takes most of the sparse time
 * @param verdict whether sparsity pays, and why
 */
public record Estimate(double denseTimeUs, double sparseTimeUs, Bound boundBy, Verdict verdict) {

  /** Checks that times are times. */
  public Estimate {
    if (!(denseTimeUs > 0) || !(sparseTimeUs > 0)) {
      throw new IllegalArgumentException(
          "times must be above 0: %s and %s us".formatted(denseTimeUs, sparseTimeUs));
    }
  }

  /** Returns dense time / sparse time. */
  public double speedup() {
    return denseTimeUs / sparseTimeUs;
  }
}
