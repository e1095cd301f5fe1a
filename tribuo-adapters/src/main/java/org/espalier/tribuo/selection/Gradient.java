package org.espalier.tribuo.selection;

import java.util.Arrays;

/** The gradient of a network's mean loss over a batch, by backpropagation. */
final class Gradient {

  private final Perceptron network;
  private final double[][] input;
  private final double[] hiddenBias;
  private final double[][] output;
  private final double[] outputBias;
  private final double[] a;
  private final double[] o;
  private final double[] delta;

  Gradient(Perceptron network) {
    this.network = network;
    this.input = new double[network.inputs()][network.hidden()];
    this.hiddenBias = new double[network.hidden()];
    this.output = new double[network.outputs()][network.hidden()];
    this.outputBias = new double[network.outputs()];
    this.a = new double[network.hidden()];
    this.o = new double[network.outputs()];
    this.delta = new double[network.hidden()];
  }

  /**
   * Computes the gradient.
   *
   * @param order example numbers, of which the batch is [from, to)
   */
  void compute(TrainingSet data, int[] order, int from, int to) {
    for (double[] row : input) {
      Arrays.fill(row, 0);
    }
    for (double[] row : output) {
      Arrays.fill(row, 0);
    }
    Arrays.fill(hiddenBias, 0);
    Arrays.fill(outputBias, 0);
    for (int p = from; p < to; p++) {
      add(data.input(order[p]), data.targets().row(order[p]), 1.0 / (to - from));
    }
  }

  private void add(float[] x, double[] target, double share) {
    network.activate(x, a);
    network.answer(a, o);
    Arrays.fill(delta, 0);
    for (int k = 0; k < o.length; k++) {
      // The same for softmax with cross entropy and for half the squared error.
      double error = (o[k] - target[k]) * share;
      outputBias[k] += error;
      double[] weights = network.to(k);
      double[] row = output[k];
      for (int j = 0; j < a.length; j++) {
        row[j] += error * a[j];
        delta[j] += error * weights[j];
      }
    }
    for (int j = 0; j < a.length; j++) {
      delta[j] *= 1 - a[j] * a[j];
      hiddenBias[j] += delta[j];
    }
    for (int i = 0; i < x.length; i++) {
      double value = x[i];
      if (value != 0 && network.isLive(i)) {
        double[] row = input[i];
        for (int j = 0; j < a.length; j++) {
          row[j] += value * delta[j];
        }
      }
    }
  }

  double[] from(int i) {
    return input[i];
  }

  double[] to(int k) {
    return output[k];
  }

  double[] hiddenBias() {
    return hiddenBias;
  }

  double[] outputBias() {
    return outputBias;
  }
}
