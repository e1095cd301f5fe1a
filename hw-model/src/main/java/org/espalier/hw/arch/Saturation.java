package org.espalier.hw.arch;

/**
 * A saturating roofline: time = fixed + max(operations / sustained rate, bytes / bandwidth). Small
 * products take the fixed time, so they never see the rate.
 *
 * @param fixedUs time of a product without work, above 0
 * @param teraflops sustained, 10^12 operations per second, above 0; for a sparse kernel the skipped
 *     operations count as well
 */
public record Saturation(double fixedUs, double teraflops) {

  /** Operations of one microsecond at 10^12 per second. */
  public static final double OPERATIONS_PER_US = 1e6;

  /** Checks the ranges. */
  public Saturation {
    if (!(fixedUs > 0) || !(teraflops > 0) || Double.isInfinite(fixedUs + teraflops)) {
      throw new IllegalArgumentException(
          "no roofline: %s us, %s TFLOP/s".formatted(fixedUs, teraflops));
    }
  }

  /**
   * Returns the time of a product.
   *
   * @param operations two per multiply-add, divided by the share of the multiprocessors in use
   * @param bytesUs time of its bytes at the bandwidth of the memory
   */
  public double us(double operations, double bytesUs) {
    return fixedUs + Math.max(computeUs(operations), bytesUs);
  }

  /** Returns the time of the operations alone. */
  public double computeUs(double operations) {
    return operations / (teraflops * OPERATIONS_PER_US);
  }

  /** Returns the roofline with another rate. */
  public Saturation times(double factor) {
    return new Saturation(fixedUs, teraflops * factor);
  }
}
