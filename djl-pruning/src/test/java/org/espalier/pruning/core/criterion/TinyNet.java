package org.espalier.pruning.core.criterion;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An oracle: 3 inputs, 4 tanh units, 3 classes, no biases, mean softmax cross-entropy over six
 * fixed examples, in double precision. The gradient is backpropagation written out; the Hessian
 * times a vector is the same computation over {@link Dual} numbers (forward over reverse, B.
 * Pearlmutter 1994), so it is exact.
 */
final class TinyNet {

  private static final int IN = 3;
  private static final int HIDDEN = 4;
  private static final int CLASSES = 3;
  private static final int EXAMPLES = 6;

  /** All weights: (HIDDEN, IN), then (CLASSES, HIDDEN), row-major. */
  static final int WEIGHTS = HIDDEN * IN + CLASSES * HIDDEN;

  private final double[][] inputs = new double[EXAMPLES][IN];

  TinyNet(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (double[] input : inputs) {
      Arrays.setAll(input, i -> random.nextDouble(-1, 1));
    }
  }

  /** Returns weights that float32 holds exactly, in (-1, 1). */
  static float[] weights(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    return weights;
  }

  /** Returns the weights in double precision. */
  static double[] toDoubles(float[] weights) {
    double[] doubles = new double[weights.length];
    Arrays.setAll(doubles, i -> weights[i]);
    return doubles;
  }

  /** Returns the weights moved by {@code step} along a direction. */
  static double[] moved(double[] weights, double step, double[] direction) {
    double[] moved = weights.clone();
    Arrays.setAll(moved, i -> weights[i] + step * direction[i]);
    return moved;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Returns the loss, from the forward pass alone. */
  double loss(double[] weights) {
    Dual[] duals = duals(weights, new double[WEIGHTS]);
    double loss = 0;
    for (int n = 0; n < EXAMPLES; n++) {
      loss -= Math.log(softmax(duals, hidden(duals, inputs[n]))[n % CLASSES].value());
    }
    return loss / EXAMPLES;
  }

  double[] gradient(double[] weights) {
    return Arrays.stream(backward(duals(weights, new double[WEIGHTS])))
        .mapToDouble(Dual::value)
        .toArray();
  }

  /** Returns H v, H the Hessian of the loss. */
  double[] hessianTimes(double[] weights, double[] vector) {
    return Arrays.stream(backward(duals(weights, vector))).mapToDouble(Dual::slope).toArray();
  }

  private static Dual[] duals(double[] values, double[] slopes) {
    Dual[] duals = new Dual[values.length];
    Arrays.setAll(duals, i -> new Dual(values[i], slopes[i]));
    return duals;
  }

  private static Dual[] hidden(Dual[] weights, double[] input) {
    Dual[] hidden = new Dual[HIDDEN];
    for (int h = 0; h < HIDDEN; h++) {
      Dual sum = Dual.ZERO;
      for (int i = 0; i < IN; i++) {
        sum = sum.plus(weights[h * IN + i].times(input[i]));
      }
      hidden[h] = sum.tanh();
    }
    return hidden;
  }

  private static Dual[] softmax(Dual[] weights, Dual[] hidden) {
    Dual[] exps = new Dual[CLASSES];
    Dual total = Dual.ZERO;
    for (int c = 0; c < CLASSES; c++) {
      Dual logit = Dual.ZERO;
      for (int h = 0; h < HIDDEN; h++) {
        logit = logit.plus(weights[HIDDEN * IN + c * HIDDEN + h].times(hidden[h]));
      }
      exps[c] = logit.exp();
      total = total.plus(exps[c]);
    }
    Dual sum = total;
    return Arrays.stream(exps).map(e -> e.over(sum)).toArray(Dual[]::new);
  }

  private Dual[] backward(Dual[] weights) {
    Dual[] gradient = new Dual[WEIGHTS];
    Arrays.fill(gradient, Dual.ZERO);
    for (int n = 0; n < EXAMPLES; n++) {
      Dual[] hidden = hidden(weights, inputs[n]);
      Dual[] errors = softmax(weights, hidden);
      errors[n % CLASSES] = errors[n % CLASSES].minus(new Dual(1, 0));
      for (int h = 0; h < HIDDEN; h++) {
        Dual into = Dual.ZERO;
        for (int c = 0; c < CLASSES; c++) {
          int w = HIDDEN * IN + c * HIDDEN + h;
          gradient[w] = gradient[w].plus(errors[c].times(hidden[h]).times(1.0 / EXAMPLES));
          into = into.plus(errors[c].times(weights[w]));
        }
        Dual slope = new Dual(1, 0).minus(hidden[h].times(hidden[h])).times(into);
        for (int i = 0; i < IN; i++) {
          int w = h * IN + i;
          gradient[w] = gradient[w].plus(slope.times(inputs[n][i] / EXAMPLES));
        }
      }
    }
    return gradient;
  }
}
