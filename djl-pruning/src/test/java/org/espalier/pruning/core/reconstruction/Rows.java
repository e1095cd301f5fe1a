package org.espalier.pruning.core.reconstruction;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Random rows of data, and what plain sums over them give. */
final class Rows {

  private Rows() {}

  static double[][] random(int rows, int features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] data = new double[rows][features];
    for (double[] row : data) {
      Arrays.setAll(row, i -> random.nextDouble(-1, 1));
    }
    return data;
  }

  /** Data in which some columns follow from others. */
  static double[][] random(int rows, int features, long seed, Consumer<double[]> planted) {
    double[][] data = random(rows, features, seed);
    for (double[] row : data) {
      planted.accept(row);
    }
    return data;
  }

  static Moments moments(double[][] data) {
    Moments moments = new Moments(data[0].length);
    for (double[] row : data) {
      moments.add(row);
    }
    return moments;
  }

  /** One feature a channel, weights the last of which is the bias. */
  static LinearConsumer consumer(double[][] data, int outputs, long seed) {
    int[][] channels = new int[data[0].length][];
    Arrays.setAll(channels, i -> new int[] {i});
    double[][] weights = random(outputs, data[0].length + 1, seed);
    return new LinearConsumer(moments(data), weights, channels);
  }

  static double output(double[] weights, double[] row) {
    double sum = weights[row.length];
    for (int i = 0; i < row.length; i++) {
      sum += weights[i] * row[i];
    }
    return sum;
  }

  /** Sum over rows and outputs of (y' - y)². */
  static double error(double[][] data, double[][] weights, double[][] other) {
    double sum = 0;
    for (double[] row : data) {
      for (int o = 0; o < weights.length; o++) {
        double difference = output(other[o], row) - output(weights[o], row);
        sum += difference * difference;
      }
    }
    return sum;
  }
}
