package org.espalier.pruning.core.reconstruction;

import java.util.BitSet;
import org.espalier.sparse.InvalidInputException;

/**
 * The change of the weights that {@link LeastSquares} solves for, by conjugate gradients on the
 * normal equations with symmetric successive overrelaxation (ω = 1) as preconditioner: CGPCNE. It
 * begins at no change; where features depend on each other it ends at one of the solutions.
 *
 * <p>Source: G. Castellano, A. M. Fanelli, M. Pelillo, "An iterative pruning algorithm for
 * feedforward neural networks", IEEE Transactions on Neural Networks 8(3), 1997, after Å. Björck,
 * T. Elfving, "Accelerated projection methods for computing pseudoinverse solutions of systems of
 * linear equations", BIT 19 (1979) (both from memory). There the products of features are never
 * formed; here they are what is given, and the steps are the same but for rounding.
 *
 * @param steps at most, for each output; at least 1
 * @param tolerance of the residual of the normal equations, relative to that at the begin; at least
 *     0
 */
public record ConjugateGradients(int steps, double tolerance) implements Refit {

  /** Refuses numbers out of their ranges. */
  public ConjugateGradients {
    if (steps < 1) {
      throw new InvalidInputException(
          "steps", "an integer of at least 1", Integer.toString(steps), "use 1000");
    }
    Tolerances.require("tolerance", tolerance);
  }

  @Override
  public double[][] weights(LinearConsumer consumer, BitSet removed) {
    BitSet gone = consumer.features(removed);
    int[] free = free(consumer.moments(), gone);
    double[][] gram = new double[free.length][free.length];
    for (int i = 0; i < free.length; i++) {
      for (int j = 0; j < free.length; j++) {
        gram[i][j] = consumer.moments().product(free[i], free[j]);
      }
    }
    double[][] weights = new double[consumer.weights().length][];
    for (int o = 0; o < weights.length; o++) {
      double[] row = consumer.weights()[o].clone();
      double[] products = LostOutput.products(consumer.moments(), row, gone);
      double[] right = new double[free.length];
      for (int i = 0; i < free.length; i++) {
        right[i] = products[free[i]];
      }
      double[] change = solve(gram, right);
      gone.stream().forEach(feature -> row[feature] = 0);
      for (int i = 0; i < free.length; i++) {
        row[free[i]] += change[i];
      }
      weights[o] = row;
    }
    return weights;
  }

  /** What stays and is not always 0, the bias too. */
  private static int[] free(Moments moments, BitSet gone) {
    BitSet free = new BitSet();
    for (int i = 0; i <= moments.features(); i++) {
      free.set(i, !gone.get(i) && moments.product(i, i) > 0);
    }
    return free.stream().toArray();
  }

  private double[] solve(double[][] gram, double[] right) {
    int n = right.length;
    double[] x = new double[n];
    double[] r = right.clone();
    double enough = tolerance * tolerance * dot(r, r);
    double[] z = preconditioned(gram, r);
    double[] p = z.clone();
    double product = dot(r, z);
    double[] image = new double[n];
    for (int step = 0; step < steps && dot(r, r) > enough && product > 0; step++) {
      for (int i = 0; i < n; i++) {
        image[i] = dot(gram[i], p);
      }
      double curvature = dot(p, image);
      if (!(curvature > 0)) {
        return x;
      }
      double length = product / curvature;
      for (int i = 0; i < n; i++) {
        x[i] += length * p[i];
        r[i] -= length * image[i];
      }
      z = preconditioned(gram, r);
      double before = product;
      product = dot(r, z);
      for (int i = 0; i < n; i++) {
        p[i] = z[i] + product / before * p[i];
      }
    }
    return x;
  }

  /** Returns the z with (D + L) D^-1 (D + Lᵀ) z = r. */
  private static double[] preconditioned(double[][] gram, double[] r) {
    double[] z = r.clone();
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < i; j++) {
        z[i] -= gram[i][j] * z[j];
      }
      z[i] /= gram[i][i];
    }
    for (int i = z.length - 1; i >= 0; i--) {
      double sum = 0;
      for (int j = i + 1; j < z.length; j++) {
        sum += gram[i][j] * z[j];
      }
      z[i] -= sum / gram[i][i];
    }
    return z;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
