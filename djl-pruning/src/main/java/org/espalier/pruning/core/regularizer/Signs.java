package org.espalier.pruning.core.regularizer;

/** Loops over weights that several regularizers share. */
final class Signs {

  private Signs() {}

  /** Returns the sum of all |w|, in double precision. */
  static double sumOfAbsolutes(float[] weights) {
    // Four sums: one would wait for itself at every weight.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= weights.length; i += 4) {
      a += Math.abs(weights[i]);
      b += Math.abs(weights[i + 1]);
      c += Math.abs(weights[i + 2]);
      d += Math.abs(weights[i + 3]);
    }
    for (; i < weights.length; i++) {
      a += Math.abs(weights[i]);
    }
    return (a + b) + (c + d);
  }

  /** Returns the sum of all w², in double precision. */
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

  /** Adds factor sgn(w) to every entry of a gradient; sgn(0) = 0. */
  static void addSigns(float[] weights, float factor, float[] gradient) {
    for (int i = 0; i < weights.length; i++) {
      gradient[i] += factor * Math.signum(weights[i]);
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
