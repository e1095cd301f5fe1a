package org.espalier.tribuo.network;

/**
 * Exact counts of a weight's zeros.
 *
 * @param name path of the weight in the network, as recipes call it
 * @param elements number of weights, at least 1
 * @param zeros weights that are exactly zero, of either sign
 */
public record WeightCount(String name, long elements, long zeros) {

  /** Counts the zeros of an array. */
  static WeightCount of(String name, float[] values) {
    long zeros = 0;
    for (float value : values) {
      if (value == 0) {
        zeros++;
      }
    }
    return new WeightCount(name, values.length, zeros);
  }

  /** Returns zeros / elements, in [0, 1]. */
  public double sparsity() {
    return (double) zeros / elements;
  }
}
