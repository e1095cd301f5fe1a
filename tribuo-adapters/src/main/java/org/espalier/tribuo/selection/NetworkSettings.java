package org.espalier.tribuo.selection;

/**
 * The network that a {@link NetworkFeatureSelector} trains, and how.
 *
 * @param hidden units of the hidden layer, at least 1
 * @param epochs passes through the data, at least 1
 * @param batchSize examples per step, at least 1
 * @param learningRate of Adam, above 0
 * @param weightDecay strength of the penalty weightDecay / 2 |w|² on all weights but biases, at
 *     least 0
 * @param seed of initial weights and order of examples
 */
public record NetworkSettings(
    int hidden, int epochs, int batchSize, double learningRate, double weightDecay, long seed) {

  /** What the selectors have if nothing else is said. */
  public static final NetworkSettings DEFAULT = new NetworkSettings(20, 50, 32, 0.01, 3e-3, 1);

  /** Returns these settings with another seed. */
  public NetworkSettings withSeed(long other) {
    return new NetworkSettings(hidden, epochs, batchSize, learningRate, weightDecay, other);
  }

  /** Returns these settings with another number of hidden units. */
  public NetworkSettings withHidden(int other) {
    return new NetworkSettings(other, epochs, batchSize, learningRate, weightDecay, seed);
  }

  /** Returns these settings with another number of epochs. */
  public NetworkSettings withEpochs(int other) {
    return new NetworkSettings(hidden, other, batchSize, learningRate, weightDecay, seed);
  }
}
