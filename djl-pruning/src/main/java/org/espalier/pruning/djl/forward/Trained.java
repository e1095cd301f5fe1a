package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** An array that is trained besides the weights, on a manager of the session's own. */
final class Trained {

  private final String name;
  private final NDArray array;

  /**
   * @param name for checkpoints, unique in its layer
   * @param start values, row-major
   */
  Trained(String name, NDManager manager, float[] start, Shape shape) {
    this.name = name;
    array = Arrays.copy(manager, start, shape);
    array.setRequiresGradient(true);
  }

  String name() {
    return name;
  }

  /** Returns the array, a leaf of the graph. */
  NDArray array() {
    return array;
  }

  /** Returns an alias outside of the graph, for the caller's scope. */
  NDArray values() {
    return array.stopGradient();
  }

  /** Overwrites the values in place. */
  void set(float[] values) {
    Arrays.write(array, values);
  }
}
