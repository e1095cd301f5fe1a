package org.espalier.tribuo.selection;

import java.util.Arrays;

/**
 * What the other inputs of a network can do for one of them: the coefficients β that come closest
 * to x_h = Σᵢ βᵢ xᵢ + β_bias over all examples. All hidden units see the same inputs, so one least
 * squares problem serves them all: unit j makes good for its weight v_hj by adding v_hj βᵢ to vᵢⱼ.
 * The normal equations are solved by conjugate gradients (M. Hestenes and E. Stiefel, J. Research
 * NBS 49 (1952)); for inputs that depend on each other they give one of the solutions.
 */
final class Compensation {

  private static final double TOLERANCE = 1e-10;

  private final double[][] gram;
  private final int bias;

  /** Computes the products of all pairs of columns, the last being the bias. */
  Compensation(FeatureMatrix features) {
    this.bias = features.columns();
    this.gram = new double[bias + 1][bias + 1];
    for (float[] row : features.rows()) {
      for (int i = 0; i < bias; i++) {
        double value = row[i];
        if (value != 0) {
          double[] products = gram[i];
          for (int j = i; j < bias; j++) {
            products[j] += value * row[j];
          }
          products[bias] += value;
        }
      }
    }
    gram[bias][bias] = features.examples();
    for (int i = 0; i <= bias; i++) {
      for (int j = 0; j < i; j++) {
        gram[i][j] = gram[j][i];
      }
    }
  }

  /**
   * The best that others can do.
   *
   * @param coefficients β by input, the bias last; 0 for h itself and removed inputs
   * @param residual Σ over examples of (x_h − Σᵢ βᵢ xᵢ − β_bias)²
   */
  record Solution(double[] coefficients, double residual) {}

  /** Returns Σ over examples of x_h². */
  double square(int h) {
    return gram[h][h];
  }

  /** Solves for one input by the other live ones and the bias. */
  Solution solve(Perceptron network, int h) {
    boolean[] used = new boolean[bias + 1];
    for (int i = 0; i <= bias; i++) {
      used[i] = i == bias || (i != h && network.isLive(i));
    }
    double[] beta = new double[bias + 1];
    double[] r = new double[bias + 1];
    Arrays.setAll(r, i -> used[i] ? gram[h][i] : 0);
    double[] p = r.clone();
    double norm = dot(r, r);
    double enough = TOLERANCE * TOLERANCE * gram[h][h] * gram[h][h];
    double[] product = new double[bias + 1];
    // In exact arithmetic as many steps as unknowns; twice as many for what rounding costs.
    for (int step = 0; step < 2 * network.liveCount() && norm > enough; step++) {
      multiply(p, used, product);
      double length = norm / dot(p, product);
      double before = norm;
      for (int i = 0; i <= bias; i++) {
        beta[i] += length * p[i];
        r[i] -= length * product[i];
      }
      norm = dot(r, r);
      for (int i = 0; i <= bias; i++) {
        p[i] = r[i] + norm / before * p[i];
      }
    }
    // |x_h - Xβ|² = x_h² - βᵀXᵀx_h - βᵀr, with r = Xᵀx_h - XᵀXβ.
    double residual = gram[h][h] - dot(beta, gram[h]) - dot(beta, r);
    return new Solution(beta, Math.max(0, residual));
  }

  private void multiply(double[] p, boolean[] used, double[] product) {
    for (int i = 0; i < product.length; i++) {
      product[i] = used[i] ? dot(gram[i], p) : 0;
    }
  }

  /** Moves what an input does to the others and the bias, and removes it. */
  static void remove(Perceptron network, int h, double[] coefficients) {
    double[] gone = network.from(h).clone();
    network.remove(h);
    for (int i = 0; i < coefficients.length; i++) {
      double[] weights =
          i == network.inputs() ? network.hiddenBias() : network.isLive(i) ? network.from(i) : null;
      for (int j = 0; weights != null && j < gone.length; j++) {
        weights[j] += coefficients[i] * gone[j];
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
