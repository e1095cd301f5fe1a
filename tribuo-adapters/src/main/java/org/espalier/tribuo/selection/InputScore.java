package org.espalier.tribuo.selection;

/** How much each input of a trained network matters. */
interface InputScore {

  /**
   * Returns a score per input; higher matters more. Those of removed inputs are not looked at.
   *
   * @param data what the network has learned
   */
  double[] of(Perceptron network, TrainingSet data);
}
