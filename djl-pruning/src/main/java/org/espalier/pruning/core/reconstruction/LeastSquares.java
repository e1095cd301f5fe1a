package org.espalier.pruning.core.reconstruction;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * All weights that stay, and the bias, change so that the sum of squared changes of the outputs is
 * least: for the rows x of the data, δ minimizes Σ (δ x_S - w_R x_R)², R what goes, S what stays.
 * Solved directly; a feature that depends on others keeps its weight.
 *
 * <p>Source: the linear least squares of Y. He, X. Zhang, J. Sun, "Channel pruning for accelerating
 * very deep neural networks", ICCV 2017, section 3.1, step (ii), with a bias; the system is that of
 * G. Castellano, A. M. Fanelli, M. Pelillo, "An iterative pruning algorithm for feedforward neural
 * networks", IEEE Transactions on Neural Networks 8(3), 1997 (both from memory).
 */
public enum LeastSquares implements Refit {
  /** The only one: there are no parameters. */
  INSTANCE;

  /** Relative residual under which a feature adds nothing but rounding errors. */
  private static final double DEPENDENT = 1e-6;

  @Override
  public double[][] weights(LinearConsumer consumer, BitSet removed) {
    BitSet gone = consumer.features(removed);
    int bias = consumer.moments().features();
    PivotedCholesky factor = new PivotedCholesky(consumer.moments());
    factor.pivot(bias);
    IntStream.range(0, bias)
        .filter(feature -> !gone.get(feature))
        .filter(feature -> factor.residual(feature) > DEPENDENT)
        .forEach(factor::pivot);
    double[][] weights = new double[consumer.weights().length][];
    for (int o = 0; o < weights.length; o++) {
      double[] row = consumer.weights()[o].clone();
      double[] change = factor.solve(LostOutput.products(consumer.moments(), row, gone));
      for (int feature = 0; feature <= bias; feature++) {
        row[feature] = gone.get(feature) ? 0 : row[feature] + change[feature];
      }
      weights[o] = row;
    }
    return weights;
  }
}
