package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;

/**
 * Sees what one layer reads and what becomes of its output. Arrays die after the batch: reduce them
 * at once.
 */
public interface Observer {

  /**
   * The layer is about to be called.
   *
   * @param input its first input: (batch, ..., features) of a linear or recurrent layer, (batch,
   *     channels, ...) of a convolution
   */
  default void input(NDArray input) {}

  /**
   * The layer's output is ready, after its activation: see {@link Capture}.
   *
   * @param output laid out as inputs are
   * @return what the network goes on with; of the same shape
   */
  default NDArray output(NDArray output) {
    return output;
  }

  /** A batch is through, and its gradients are there if they were asked for. */
  default void batchEnds() {}
}
