package org.espalier.tribuo.selection;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A network of one hidden layer: a = tanh(Vᵀx + b), o = softmax(Wa + c) or Wa + c. Weights are
 * stored by input, so that all that leaves an input is one array; inputs can be removed. Arithmetic
 * is the same on every machine ({@code StrictMath}).
 */
final class Perceptron {

  private final double[][] input;
  private final double[] hiddenBias;
  private final double[][] output;
  private final double[] outputBias;
  private final boolean softmax;
  private final boolean[] live;

  /**
   * @param input V, (inputs, hidden), kept
   * @param hiddenBias b, (hidden), kept
   * @param output W, (outputs, hidden), kept
   * @param outputBias c, (outputs), kept
   * @param softmax whether outputs are probabilities
   */
  Perceptron(
      double[][] input,
      double[] hiddenBias,
      double[][] output,
      double[] outputBias,
      boolean softmax) {
    this.input = input;
    this.hiddenBias = hiddenBias;
    this.output = output;
    this.outputBias = outputBias;
    this.softmax = softmax;
    this.live = new boolean[input.length];
    Arrays.fill(live, true);
  }

  /**
   * Makes a network with weights uniform on ±sqrt(6 / (fan-in + fan-out)) and biases of 0. Source:
   * X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural
   * networks", AISTATS 2010, eq. 16.
   */
  static Perceptron random(TrainingSet data, int hidden, SplittableRandom random) {
    int inputs = data.features().columns();
    int outputs = data.targets().outputs();
    return new Perceptron(
        uniform(inputs, hidden, random),
        new double[hidden],
        uniform(outputs, hidden, random),
        new double[outputs],
        data.targets().classes());
  }

  private static double[][] uniform(int rows, int columns, SplittableRandom random) {
    double bound = Math.sqrt(6.0 / (rows + columns));
    double[][] weights = new double[rows][columns];
    for (double[] row : weights) {
      Arrays.setAll(row, i -> (2 * random.nextDouble() - 1) * bound);
    }
    return weights;
  }

  int inputs() {
    return input.length;
  }

  int hidden() {
    return hiddenBias.length;
  }

  int outputs() {
    return outputBias.length;
  }

  boolean softmax() {
    return softmax;
  }

  boolean isLive(int i) {
    return live[i];
  }

  /** Inputs that are not removed. */
  int liveCount() {
    int count = 0;
    for (boolean alive : live) {
      count += alive ? 1 : 0;
    }
    return count;
  }

  /** The weights from an input to the hidden units; live, not a copy. */
  double[] from(int i) {
    return input[i];
  }

  /** The weights of an output; live, not a copy. */
  double[] to(int k) {
    return output[k];
  }

  double[] hiddenBias() {
    return hiddenBias;
  }

  double[] outputBias() {
    return outputBias;
  }

  /** Removes an input for good: its weights are 0 and stay so. */
  void remove(int i) {
    live[i] = false;
    Arrays.fill(input[i], 0);
  }

  /**
   * Computes the activations of the hidden units.
   *
   * @param x an example
   * @param a where they go, (hidden)
   */
  void activate(float[] x, double[] a) {
    System.arraycopy(hiddenBias, 0, a, 0, a.length);
    for (int i = 0; i < x.length; i++) {
      double value = x[i];
      if (value != 0 && live[i]) {
        double[] row = input[i];
        for (int j = 0; j < a.length; j++) {
          a[j] += value * row[j];
        }
      }
    }
    for (int j = 0; j < a.length; j++) {
      a[j] = StrictMath.tanh(a[j]);
    }
  }

  /**
   * Computes the outputs: probabilities or numbers.
   *
   * @param a activations of the hidden units
   * @param o where they go, (outputs)
   */
  void answer(double[] a, double[] o) {
    for (int k = 0; k < o.length; k++) {
      double sum = outputBias[k];
      double[] row = output[k];
      for (int j = 0; j < a.length; j++) {
        sum += row[j] * a[j];
      }
      o[k] = sum;
    }
    if (softmax) {
      double most = Arrays.stream(o).max().orElse(0);
      double sum = 0;
      for (int k = 0; k < o.length; k++) {
        o[k] = StrictMath.exp(o[k] - most);
        sum += o[k];
      }
      for (int k = 0; k < o.length; k++) {
        o[k] /= sum;
      }
    }
  }

  /** Mean loss over a data set: cross entropy, or half the squared error. */
  double loss(TrainingSet data) {
    double[] a = new double[hidden()];
    double[] o = new double[outputs()];
    double sum = 0;
    for (int p = 0; p < data.size(); p++) {
      activate(data.input(p), a);
      answer(a, o);
      double[] target = data.targets().row(p);
      for (int k = 0; k < o.length; k++) {
        if (softmax) {
          sum -= target[k] == 0 ? 0 : target[k] * StrictMath.log(o[k]);
        } else {
          sum += 0.5 * (o[k] - target[k]) * (o[k] - target[k]);
        }
      }
    }
    return sum / data.size();
  }
}
