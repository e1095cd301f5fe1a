package org.espalier.tribuo.selection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Removes the inputs that matter least, a few at a time, and trains on from the weights that are
 * left.
 *
 * @param score how much inputs matter
 * @param toll how many go at a time
 * @param retrainEpochs epochs after each removal
 */
record BackwardElimination(InputScore score, Toll toll, int retrainEpochs) {

  /** How many inputs go. */
  interface Toll {

    /**
     * Returns how many of the lowest go, at least 1.
     *
     * @param scores of the inputs that are left, ascending
     */
    int of(double[] scores);
  }

  /**
   * Trains, and removes inputs until few enough are left.
   *
   * @param training not begun
   * @param count inputs to leave, at least 1
   * @return the scores of those that are left in the last network, negative infinity for others
   */
  double[] run(Training training, int count) {
    training.train();
    Perceptron network = training.network();
    double[] scores = score.of(network, training.data());
    while (network.liveCount() > count) {
      int[] lowest = ascending(network, scores);
      double[] values = Arrays.stream(lowest).mapToDouble(i -> scores[i]).toArray();
      int going = Math.min(toll.of(values), lowest.length - count);
      for (int i = 0; i < going; i++) {
        network.remove(lowest[i]);
      }
      training.train(retrainEpochs);
      System.arraycopy(score.of(network, training.data()), 0, scores, 0, scores.length);
    }
    Arrays.setAll(scores, i -> network.isLive(i) ? scores[i] : Double.NEGATIVE_INFINITY);
    return scores;
  }

  /** Of equal scores the higher id goes first. */
  private static int[] ascending(Perceptron network, double[] scores) {
    return IntStream.range(0, scores.length)
        .filter(network::isLive)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).thenComparing(i -> -i))
        .mapToInt(i -> i)
        .toArray();
  }
}
