package org.espalier.hw.cost;

/** What takes most of the time of a sparse layer. */
public enum Bound {
  /** The multiply-adds themselves. */
  COMPUTE,
  /** Loads of activations: one for each multiply-add. */
  ACTIVATION_LOADS,
  /** Loads of weights and their indices from beyond the caches. */
  WEIGHT_STREAM,
  /** Copying the activations into panels and writing the outputs. */
  ACTIVATION_COPIES,
  /** Starting each row, and the call as such. */
  OVERHEAD
}
