package org.espalier.pruning.core.reconstruction;

import java.util.List;

/** What channels bring to the outputs of all their consumers together. */
final class Contributions {

  private Contributions() {}

  /** Returns the sums over consumers of {@link LinearConsumer#products} with their own weights. */
  static double[][] of(List<LinearConsumer> consumers) {
    int channels = consumers.get(0).channels().length;
    double[][] sums = new double[channels][channels];
    for (LinearConsumer consumer : consumers) {
      add(consumer.products(consumer.weights()), sums);
    }
    return sums;
  }

  /** Adds a matrix to another. */
  static void add(double[][] matrix, double[][] sums) {
    for (int j = 0; j < sums.length; j++) {
      for (int k = 0; k < sums.length; k++) {
        sums[j][k] += matrix[j][k];
      }
    }
  }
}
