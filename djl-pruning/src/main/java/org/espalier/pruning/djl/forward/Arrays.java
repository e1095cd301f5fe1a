package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Arrays from Java memory, and back into arrays. */
final class Arrays {

  private Arrays() {}

  /**
   * Returns an array of its own memory. What {@code create} returns lives in a Java buffer, which a
   * graph does not keep alive.
   */
  static NDArray copy(NDManager manager, float[] values, Shape shape) {
    try (NDArray buffered = manager.create(values, shape)) {
      return buffered.duplicate();
    }
  }

  /** Overwrites an array in place; aliases see it. */
  static void write(NDArray array, float[] values) {
    try (NDArray alias = array.stopGradient();
        NDArray buffered = array.getManager().create(values, array.getShape())) {
      alias.muli(0);
      alias.addi(buffered);
    }
  }
}
