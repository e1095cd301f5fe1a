package org.espalier.hw.arch;

import org.espalier.hw.workload.DataType;

/**
 * One product, measured dense and with a sparse weight on a GPU.
 *
 * @param gpu name
 * @param type of the numbers
 * @param m outputs
 * @param k inputs
 * @param n columns of the activations
 * @param denseUs time of the dense product; NaN where only the speed-up is known
 * @param speedup dense time / sparse time
 */
public record TensorMeasurement(
    String gpu, DataType type, int m, int k, int n, double denseUs, double speedup) {

  /** Checks the ranges. */
  public TensorMeasurement {
    if (Math.min(m, Math.min(k, n)) < 1 || !(speedup > 0) || denseUs <= 0) {
      throw new IllegalArgumentException(
          "no measurement: %d, %d, %d, %s us, %s".formatted(m, k, n, denseUs, speedup));
    }
  }

  /** Returns whether the dense time is known. */
  public boolean hasDenseUs() {
    return !Double.isNaN(denseUs);
  }

  /** Returns two operations per multiply-add of the dense product. */
  public double operations() {
    return 2.0 * m * k * n;
  }
}
