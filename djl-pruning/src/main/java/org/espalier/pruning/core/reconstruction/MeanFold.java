package org.espalier.pruning.core.reconstruction;

import java.util.BitSet;

/**
 * The mean of what goes is put into the bias: b_k += Σ w_ki mean(a_i). For units that are constant
 * nothing is lost; for others it is the best that the bias alone can do.
 *
 * <p>Source: J. Sietsma, R. J. F. Dow, "Neural net pruning: why and how", IEEE International
 * Conference on Neural Networks 1988 (from memory).
 */
public enum MeanFold implements Refit {
  /** The only one: there are no parameters. */
  INSTANCE;

  @Override
  public double[][] weights(LinearConsumer consumer, BitSet removed) {
    int bias = consumer.moments().features();
    BitSet gone = consumer.features(removed);
    double[][] weights = new double[consumer.weights().length][];
    for (int o = 0; o < weights.length; o++) {
      double[] row = consumer.weights()[o].clone();
      gone.stream()
          .forEach(
              feature -> {
                row[bias] += row[feature] * consumer.moments().mean(feature);
                row[feature] = 0;
              });
      weights[o] = row;
    }
    return weights;
  }
}
