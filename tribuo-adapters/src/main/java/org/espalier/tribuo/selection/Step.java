package org.espalier.tribuo.selection;

/** What is done to a network with the gradient of a batch. */
interface Step {

  /** Changes the weights of the live inputs, and all others. */
  void apply(Perceptron network, Gradient gradient);
}
