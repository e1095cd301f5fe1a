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

  /**
   * Returns an array times a number, differentiable. DJL's {@code mul(Number)} is not, though it
   * looks so: the graph refers to the number, which is in a Java buffer that nobody keeps.
   */
  static NDArray times(NDArray array, double factor) {
    try (NDArray number = copy(array.getManager(), new float[] {(float) factor}, new Shape())) {
      return array.mul(number);
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
