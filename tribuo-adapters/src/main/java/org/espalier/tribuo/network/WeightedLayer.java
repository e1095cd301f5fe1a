package org.espalier.tribuo.network;

/** What the layers with prunable weights have in common. */
public sealed interface WeightedLayer permits DenseLayer, ConvolutionLayer {

  /** Returns the path of the weight in the network, as recipes call it: {@code 01Linear_weight}. */
  String name();

  /** Returns the live array of weights, row-major: everybody reads it, nobody writes it. */
  float[] weights();

  /** Returns the live array with one bias per output or filter, or null for none. */
  float[] bias();

  /** Returns the exact counts of weights and of zeros among them. */
  default WeightCount count() {
    return WeightCount.of(name(), weights());
  }
}
