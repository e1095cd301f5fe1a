package org.espalier.hw.arch;

/** Which zeros a machine does not spend cycles on. */
public enum Skipping {
  /** Every product is made. */
  NONE(false, false),
  /** Products with zero weights are not made. */
  WEIGHTS(true, false),
  /** Products with zero activations are not made. */
  ACTIVATIONS(false, true),
  /** Only products of two non-zeros are made. */
  BOTH(true, true);

  private final boolean weights;
  private final boolean activations;

  Skipping(boolean weights, boolean activations) {
    this.weights = weights;
    this.activations = activations;
  }

  /** Returns whether zero weights are skipped. */
  public boolean weights() {
    return weights;
  }

  /** Returns whether zero activations are skipped. */
  public boolean activations() {
    return activations;
  }
}
