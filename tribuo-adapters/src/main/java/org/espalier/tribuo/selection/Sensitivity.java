package org.espalier.tribuo.selection;

import java.util.Arrays;

/**
 * The variance over the examples of the derivatives of a network's outputs with respect to its
 * inputs. Source: A. Engelbrecht, "A New Pruning Heuristic Based on Variance Analysis of
 * Sensitivity Information", IEEE Transactions on Neural Networks 12(6) (2001), 1386-1399; formulas
 * from memory.
 *
 * <p>The derivative of output k by input i is Σⱼ Gₖⱼ (1 − aⱼ²) vᵢⱼ, with Gₖⱼ = wₖⱼ for linear
 * outputs and oₖ (wₖⱼ − Σₗ oₗ wₗⱼ) for softmax. The paper takes the mean over the outputs before
 * the variance. Those of a softmax add up to 1, so that this mean would always be 0; here the
 * variance is taken for each output, and the largest counts. For one output that is the same.
 */
final class Sensitivity implements InputScore {

  /**
   * Computes the derivatives at one example.
   *
   * @param a activations of the hidden units
   * @param o outputs
   * @param derivatives where they go, (outputs, inputs)
   */
  static void derivatives(Perceptron network, double[] a, double[] o, double[][] derivatives) {
    double[] mean = new double[a.length];
    if (network.softmax()) {
      for (int k = 0; k < o.length; k++) {
        double[] weights = network.to(k);
        for (int j = 0; j < a.length; j++) {
          mean[j] += o[k] * weights[j];
        }
      }
    }
    double[] path = new double[a.length];
    for (int k = 0; k < o.length; k++) {
      double[] weights = network.to(k);
      for (int j = 0; j < a.length; j++) {
        double slope = network.softmax() ? o[k] * (weights[j] - mean[j]) : weights[j];
        path[j] = slope * (1 - a[j] * a[j]);
      }
      for (int i = 0; i < derivatives[k].length; i++) {
        double sum = 0;
        if (network.isLive(i)) {
          double[] from = network.from(i);
          for (int j = 0; j < path.length; j++) {
            sum += path[j] * from[j];
          }
        }
        derivatives[k][i] = sum;
      }
    }
  }

  /** Returns the largest variance over the outputs, sample variance with P − 1; 0 for P = 1. */
  @Override
  public double[] of(Perceptron network, TrainingSet data) {
    double[] a = new double[network.hidden()];
    double[] o = new double[network.outputs()];
    double[][] derivatives = new double[o.length][network.inputs()];
    double[][] means = new double[o.length][network.inputs()];
    double[][] squares = new double[o.length][network.inputs()];
    for (int p = 0; p < data.size(); p++) {
      network.activate(data.input(p), a);
      network.answer(a, o);
      derivatives(network, a, o, derivatives);
      // Welford's recursion: the difference of two large sums would lose small variances.
      for (int k = 0; k < o.length; k++) {
        for (int i = 0; i < derivatives[k].length; i++) {
          double difference = derivatives[k][i] - means[k][i];
          means[k][i] += difference / (p + 1);
          squares[k][i] += difference * (derivatives[k][i] - means[k][i]);
        }
      }
    }
    double[] variances = new double[network.inputs()];
    double freedom = Math.max(1, data.size() - 1);
    Arrays.setAll(
        variances,
        i -> Arrays.stream(squares).mapToDouble(row -> row[i] / freedom).max().orElse(0));
    return variances;
  }
}
