package org.espalier.pruning.djl.capture;

import java.util.Arrays;

/**
 * The layers of the test networks in plain Java and double precision, straight from definitions.
 */
final class Plain {

  private Plain() {}

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** x (rows, in) times w (out, in) transposed, plus b. */
  static double[] linear(double[] x, float[] w, float[] b) {
    int in = w.length / b.length;
    int rows = x.length / in;
    double[] y = new double[rows * b.length];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < b.length; o++) {
        double sum = b[o];
        for (int i = 0; i < in; i++) {
          sum += x[r * in + i] * w[o * in + i];
        }
        y[r * b.length + o] = sum;
      }
    }
    return y;
  }

  static double[] relu(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(0, x[i]);
    }
    return y;
  }

  /** x (n, in, size, size), w (out, in, 3, 3) with zeros around the input. */
  static double[] convolution(double[] x, float[] w, float[] b, int size, int padding) {
    int in = w.length / b.length / 9;
    int n = x.length / in / size / size;
    int outSize = size + 2 * padding - 2;
    double[] y = new double[n * b.length * outSize * outSize];
    int at = 0;
    for (int e = 0; e < n; e++) {
      for (int o = 0; o < b.length; o++) {
        for (int r = 0; r < outSize; r++) {
          for (int c = 0; c < outSize; c++) {
            double sum = b[o];
            for (int k = 0; k < in * 9; k++) {
              int row = r + k % 9 / 3 - padding;
              int column = c + k % 3 - padding;
              if (row >= 0 && row < size && column >= 0 && column < size) {
                sum += x[((e * in + k / 9) * size + row) * size + column] * w[o * in * 9 + k];
              }
            }
            y[at++] = sum;
          }
        }
      }
    }
    return y;
  }

  /** (x - mean) / sqrt(variance + 1e-5) of each channel; x is (n, channels, positions). */
  static double[] normalize(double[] x, int positions, double[] mean, double[] variance) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i / positions % mean.length;
      y[i] = (x[i] - mean[c]) / Math.sqrt(variance[c] + 1e-5);
    }
    return y;
  }

  /** x times gamma plus beta of each channel. */
  static double[] scale(double[] x, int positions, float[] gamma, float[] beta) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i / positions % gamma.length;
      y[i] = x[i] * gamma[c] + beta[c];
    }
    return y;
  }

  /**
   * Gradient of the mean softmax cross-entropy with respect to the inputs x of the last layer w, b:
   * (softmax - one hot) w / rows.
   */
  static double[] gradientOfInput(double[] x, float[] w, float[] b, float[] labels) {
    double[] logits = linear(x, w, b);
    int in = w.length / b.length;
    double[] gradient = new double[x.length];
    for (int r = 0; r < labels.length; r++) {
      double total = 0;
      for (int o = 0; o < b.length; o++) {
        total += Math.exp(logits[r * b.length + o]);
      }
      for (int o = 0; o < b.length; o++) {
        double error = Math.exp(logits[r * b.length + o]) / total - (labels[r] == o ? 1 : 0);
        for (int i = 0; i < in; i++) {
          gradient[r * in + i] += error * w[o * in + i] / labels.length;
        }
      }
    }
    return gradient;
  }

  /** Sum of x y over all but the features; arrays are (n, features, positions). */
  static double[] dot(double[] x, double[] y, int features, int positions) {
    double[] sums = new double[features];
    for (int i = 0; i < x.length; i++) {
      sums[i / positions % features] += x[i] * y[i];
    }
    return sums;
  }

  /** Mean over all but the features. */
  static double[] mean(double[] x, int features, int positions) {
    double[] ones = new double[x.length];
    Arrays.fill(ones, 1);
    double[] sums = dot(x, ones, features, positions);
    for (int f = 0; f < features; f++) {
      sums[f] /= (double) x.length / features;
    }
    return sums;
  }

  /** Mean of squared deviations from the mean. */
  static double[] variance(double[] x, int features, int positions) {
    double[] mean = mean(x, features, positions);
    double[] deviations = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      deviations[i] = x[i] - mean[i / positions % features];
    }
    double[] sums = dot(deviations, deviations, features, positions);
    for (int f = 0; f < features; f++) {
      sums[f] /= (double) x.length / features;
    }
    return sums;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static float[] roots(double[] values) {
    float[] roots = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      roots[i] = (float) Math.sqrt(values[i]);
    }
    return roots;
  }

  static double[] join(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  static double[] divided(double[] values, double divisor) {
    return Arrays.stream(values).map(value -> value / divisor).toArray();
  }
}
