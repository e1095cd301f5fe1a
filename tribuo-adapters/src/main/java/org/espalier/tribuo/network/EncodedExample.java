package org.espalier.tribuo.network;

/**
 * The features of an example that a network knows.
 *
 * @param positions in the network's input, each at most once
 * @param values as many, before scaling
 * @param weight of the example in training, at least 0
 */
record EncodedExample(int[] positions, float[] values, float weight) {

  /** What is done with each feature. */
  interface Visitor {
    void see(int at, float value);
  }

  /** Calls for each feature. */
  void forEach(Visitor visitor) {
    for (int i = 0; i < positions.length; i++) {
      visitor.see(positions[i], values[i]);
    }
  }
}
