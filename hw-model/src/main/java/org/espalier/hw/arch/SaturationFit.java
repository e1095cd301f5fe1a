package org.espalier.hw.arch;

import org.espalier.sparse.InvalidInputException;

/**
 * Fits a {@link Saturation} to measured products by least squares of log time: time = fixed (1 + a
 * operations). For a given a the best fixed time is a geometric mean, so one unknown is searched:
 * on a grid, then by golden section (J. Kiefer, "Sequential minimax search for a maximum",
 * Proceedings of the AMS 4(3), 1953). The same points give the same constants.
 *
 * <p>Memory is left out: calibrate on products that are not limited by it, such as squares.
 */
final class SaturationFit {

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double STEP = 0.25; // of ln a, on the grid
  private static final double SMALLEST = 1e-3;
  private static final double LARGEST = 1e6;
  private static final int REFINEMENTS = 60;

  private final double[] operations;
  private final double[] logUs;
  private final double largest;

  private SaturationFit(double[] operations, double[] us) {
    this.operations = operations;
    this.logUs = new double[us.length];
    double most = 0;
    for (int i = 0; i < us.length; i++) {
      logUs[i] = Math.log(us[i]);
      most = Math.max(most, operations[i]);
    }
    this.largest = most;
  }

  /**
   * Returns the best roofline.
   *
   * @param place for the message, such as {@code a100, fp16}
   * @param operations of each point, above 0
   * @param us measured time of each point, above 0
   * @throws InvalidInputException with fewer than two points of different work
   */
  static Saturation fit(String place, double[] operations, double[] us) {
    SaturationFit fit = new SaturationFit(operations, us);
    fit.requireTwo(place);
    // work = a * largest: how often the largest product takes the fixed time
    double best = Math.log(SMALLEST);
    for (double x = best; x <= Math.log(LARGEST); x += STEP) {
      best = fit.loss(x) < fit.loss(best) ? x : best;
    }
    double low = best - STEP;
    double high = best + STEP;
    for (int i = 0; i < REFINEMENTS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (fit.loss(left) < fit.loss(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    double x = (low + high) / 2;
    double fixedUs = Math.exp(fit.logFixed(x));
    double perUs = fit.largest / (Math.exp(x) * fixedUs);
    return new Saturation(fixedUs, perUs / Saturation.OPERATIONS_PER_US);
  }

  private void requireTwo(String place) {
    for (double other : operations) {
      if (other < largest) {
        return;
      }
    }
    throw new InvalidInputException(
        place,
        "measurements of at least two sizes",
        operations.length + " of one size",
        "measure a small product as well, for the time of a call");
  }

  /** Returns ln(1 + a operations) of a point. */
  private double shape(double x, int point) {
    return Math.log1p(Math.exp(x) * operations[point] / largest);
  }

  private double logFixed(double x) {
    double sum = 0;
    for (int i = 0; i < logUs.length; i++) {
      sum += logUs[i] - shape(x, i);
    }
    return sum / logUs.length;
  }

  private double loss(double x) {
    double fixed = logFixed(x);
    double sum = 0;
    for (int i = 0; i < logUs.length; i++) {
      double error = fixed + shape(x, i) - logUs[i];
      sum += error * error;
    }
    return sum;
  }
}
