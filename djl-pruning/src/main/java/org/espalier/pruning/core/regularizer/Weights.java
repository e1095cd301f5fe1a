package org.espalier.pruning.core.regularizer;

/** Loops over weights that several regularizers share. */
final class Weights {

  private Weights() {}

  /** Returns the sum of |w| from one index to before another, in double precision. */
  static double sumOfAbsolutes(float[] weights, int from, int to) {
    // Four sums: one would wait for itself at every weight.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      a += Math.abs(weights[i]);
      b += Math.abs(weights[i + 1]);
      c += Math.abs(weights[i + 2]);
      d += Math.abs(weights[i + 3]);
    }
    for (; i < to; i++) {
      a += Math.abs(weights[i]);
    }
    return (a + b) + (c + d);
  }

  /** Returns the sum of w² from one index to before another, in double precision. */
  static double sumOfSquares(float[] weights, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      a += (double) weights[i] * weights[i];
      b += (double) weights[i + 1] * weights[i + 1];
      c += (double) weights[i + 2] * weights[i + 2];
      d += (double) weights[i + 3] * weights[i + 3];
    }
    for (; i < to; i++) {
      a += (double) weights[i] * weights[i];
    }
    return (a + b) + (c + d);
  }

  /** Returns the sum of all |w|. */
  static double sumOfAbsolutes(float[] weights) {
    return sumOfAbsolutes(weights, 0, weights.length);
  }

  /** Returns the sum of all w². */
  static double sumOfSquares(float[] weights) {
    return sumOfSquares(weights, 0, weights.length);
  }

  /**
   * Returns sgn(w), 0 for 0, without a branch: loops over it are vectorized, those over {@link
   * Math#signum} are not (JDK 17), which costs 20 times as much.
   */
  static float sign(float w) {
    // The smallest subnormal number times the largest float, twice, is above 1.
    return Math.max(-1, Math.min(1, w * Float.MAX_VALUE * Float.MAX_VALUE));
  }

  /** Returns sgn(x), 0 for 0, without a branch. */
  static double sign(double x) {
    return Math.max(-1, Math.min(1, x * Double.MAX_VALUE * Double.MAX_VALUE));
  }

  /** Adds factor sgn(w) to every entry of a gradient; sgn(0) = 0. */
  static void addSigns(float[] weights, float factor, float[] gradient) {
    for (int i = 0; i < weights.length; i++) {
      gradient[i] += factor * sign(weights[i]);
    }
  }

  /** Adds slope sgn(w) - pull w to every entry of a gradient; sgn(0) = 0. */
  static void addSigns(float[] weights, float slope, float pull, float[] gradient) {
    for (int i = 0; i < weights.length; i++) {
      gradient[i] += slope * sign(weights[i]) - pull * weights[i];
    }
  }

  /** Replaces every w by sgn(w) max(|w| - threshold, 0): soft thresholding. */
  static void shrink(float[] weights, float threshold) {
    for (int i = 0; i < weights.length; i++) {
      // Without a branch, and exactly +0 where |w| <= threshold.
      weights[i] -= Math.max(-threshold, Math.min(threshold, weights[i]));
    }
  }
}
