package org.espalier.pruning.djl.evidence;

import ai.djl.nn.Block;
import java.util.List;

/**
 * The loss of an 8-6-3 network with tanh and softmax cross-entropy, in plain Java doubles, and its
 * derivatives with respect to the 48 + 18 weights by differences of the loss alone.
 */
final class TanhOracle {

  private static final int IN = 8;
  private static final int HIDDEN = 6;
  private static final int OUT = 3;

  /** Rounding 1e-16 / h² and truncation h² / 12 are both below 1e-6 of the result. */
  private static final double H = 1e-3;

  private final double[] weights;
  private final float[] hiddenBias;
  private final float[] outBias;
  private final List<Sample> batches;
  private final double temperature;

  TanhOracle(Block network, List<Sample> batches, double temperature) {
    float[] first = Networks.values(network, "01Linear_weight");
    float[] second = Networks.values(network, "03Linear_weight");
    weights = new double[first.length + second.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i < first.length ? first[i] : second[i - first.length];
    }
    hiddenBias = Networks.values(network, "01Linear_bias");
    outBias = Networks.values(network, "03Linear_bias");
    this.batches = batches;
    this.temperature = temperature;
  }

  double[] weights() {
    return weights;
  }

  /** Sum over the batches of the mean loss of the batch. */
  private double loss() {
    double sum = 0;
    for (Sample batch : batches) {
      float[] x = batch.data().head().toFloatArray();
      float[] labels = batch.labels().head().toFloatArray();
      for (int e = 0; e < labels.length; e++) {
        sum += loss(x, e * IN, (int) labels[e]) / labels.length;
      }
    }
    return sum;
  }

  private double loss(float[] x, int from, int label) {
    double[] logits = new double[OUT];
    for (int k = 0; k < OUT; k++) {
      logits[k] = outBias[k];
    }
    for (int j = 0; j < HIDDEN; j++) {
      double sum = hiddenBias[j];
      for (int i = 0; i < IN; i++) {
        sum += weights[j * IN + i] * x[from + i];
      }
      for (int k = 0; k < OUT; k++) {
        logits[k] += weights[HIDDEN * IN + k * HIDDEN + j] * Math.tanh(sum);
      }
    }
    double total = 0;
    for (double logit : logits) {
      total += Math.exp(logit / temperature);
    }
    return Math.log(total) - logits[label] / temperature;
  }

  double[] gradient() {
    double[] gradient = new double[weights.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (lossAt(i, H, 0, 0) - lossAt(i, -H, 0, 0)) / (2 * H);
    }
    return gradient;
  }

  double[][] hessian() {
    double[][] hessian = new double[weights.length][weights.length];
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j <= i; j++) {
        hessian[i][j] =
            (lossAt(i, H, j, H) - lossAt(i, H, j, -H) - lossAt(i, -H, j, H) + lossAt(i, -H, j, -H))
                / (4 * H * H);
        hessian[j][i] = hessian[i][j];
      }
    }
    return hessian;
  }

  private double lossAt(int i, double di, int j, double dj) {
    double wi = weights[i];
    double wj = weights[j];
    weights[i] += di;
    weights[j] += dj;
    double loss = loss();
    weights[j] = wj;
    weights[i] = wi;
    return loss;
  }
}
