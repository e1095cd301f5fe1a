package org.espalier.tribuo.selection;

import java.util.Arrays;
import java.util.Random;
import org.espalier.sparse.mask.Mask;

/**
 * A layer that computes only the connections that it has, stored by row (CSR): row i holds those
 * that leave input i. Activations of a batch are stored by unit, (units, batch), so that the work
 * of a connection is a loop over neighbors in memory.
 */
final class SparseLayer {

  /** Standard deviation of new weights, as in the authors' code. */
  private static final float FRESH = 0.1f;

  private final int inputs;
  private final int outputs;
  private int[] starts;
  private int[] columns;
  private float[] weights;
  private float[] momenta;
  private float[] gradient;
  private final float[] bias;
  private final float[] biasMomenta;
  private final float[] biasGradient;

  /**
   * @param mask (inputs, outputs)
   * @param random draws the weights
   */
  SparseLayer(Mask mask, Random random) {
    this.inputs = mask.shape()[0];
    this.outputs = mask.shape()[1];
    this.bias = new float[outputs];
    this.biasMomenta = new float[outputs];
    this.biasGradient = new float[outputs];
    this.starts = new int[inputs + 1];
    this.columns = new int[0];
    this.weights = new float[0];
    this.momenta = new float[0];
    connect(mask, random);
  }

  int connections() {
    return columns.length;
  }

  /**
   * Takes over other connections: those that stay keep their weights and momenta, new ones begin
   * with a random weight and at rest.
   */
  void connect(Mask mask, Random random) {
    int[] oldStarts = starts;
    int[] oldColumns = columns;
    float[] oldWeights = weights;
    float[] oldMomenta = momenta;
    starts = new int[inputs + 1];
    columns = new int[mask.keptCount()];
    weights = new float[columns.length];
    momenta = new float[columns.length];
    gradient = new float[columns.length];
    int c = 0;
    for (int i = 0; i < inputs; i++) {
      int old = oldStarts[i];
      for (int j = 0; j < outputs; j++) {
        boolean had = old < oldStarts[i + 1] && oldColumns[old] == j;
        if (mask.isKept(i * outputs + j)) {
          columns[c] = j;
          weights[c] = had ? oldWeights[old] : FRESH * (float) random.nextGaussian();
          momenta[c] = had ? oldMomenta[old] : 0;
          c++;
        }
        old += had ? 1 : 0;
      }
      starts[i + 1] = c;
    }
  }

  /** Returns the weights as a matrix (inputs, outputs) with zeros where there is no connection. */
  float[] dense() {
    float[] dense = new float[inputs * outputs];
    for (int i = 0; i < inputs; i++) {
      for (int c = starts[i]; c < starts[i + 1]; c++) {
        dense[i * outputs + columns[c]] = weights[c];
      }
    }
    return dense;
  }

  /** Returns the sum of absolute weights of each input. */
  double[] strengths() {
    double[] strengths = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      for (int c = starts[i]; c < starts[i + 1]; c++) {
        strengths[i] += Math.abs(weights[c]);
      }
    }
    return strengths;
  }

  /**
   * Computes z = Wᵀx + b.
   *
   * @param x (inputs, batch)
   * @param z (outputs, batch)
   */
  void forward(float[][] x, float[][] z, int batch) {
    for (int j = 0; j < outputs; j++) {
      Arrays.fill(z[j], 0, batch, bias[j]);
    }
    for (int i = 0; i < inputs; i++) {
      for (int c = starts[i]; c < starts[i + 1]; c++) {
        add(weights[c], x[i], z[columns[c]], batch);
      }
    }
  }

  /**
   * Computes what the inputs see of the error: e = Wδ.
   *
   * @param delta (outputs, batch)
   * @param error (inputs, batch)
   */
  void backward(float[][] delta, float[][] error, int batch) {
    for (int i = 0; i < inputs; i++) {
      Arrays.fill(error[i], 0, batch, 0);
      for (int c = starts[i]; c < starts[i + 1]; c++) {
        add(weights[c], delta[columns[c]], error[i], batch);
      }
    }
  }

  /** Computes the gradient in the mean over the batch, and descends. */
  void learn(float[][] x, float[][] delta, int batch, Descent descent) {
    for (int i = 0; i < inputs; i++) {
      for (int c = starts[i]; c < starts[i + 1]; c++) {
        gradient[c] = dot(x[i], delta[columns[c]], batch) / batch;
      }
    }
    for (int j = 0; j < outputs; j++) {
      float sum = 0;
      for (int b = 0; b < batch; b++) {
        sum += delta[j][b];
      }
      biasGradient[j] = sum / batch;
    }
    descent.apply(weights, momenta, gradient);
    descent.apply(bias, biasMomenta, biasGradient);
  }

  private static void add(float weight, float[] from, float[] to, int batch) {
    for (int b = 0; b < batch; b++) {
      to[b] += weight * from[b];
    }
  }

  /** Four sums side by side, which processors overlap; their order is fixed. */
  private static float dot(float[] x, float[] y, int batch) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int b = 0;
    for (; b + 3 < batch; b += 4) {
      s0 += x[b] * y[b];
      s1 += x[b + 1] * y[b + 1];
      s2 += x[b + 2] * y[b + 2];
      s3 += x[b + 3] * y[b + 3];
    }
    for (; b < batch; b++) {
      s0 += x[b] * y[b];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
