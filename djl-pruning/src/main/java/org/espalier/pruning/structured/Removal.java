package org.espalier.pruning.structured;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.op.Cut;

/** Copies what stays of a network's parameters into a smaller one of the same form. */
final class Removal {

  private final NDManager manager;

  /**
   * @param manager of the smaller network's device
   */
  Removal(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Copies the parameters of a block and of all its children.
   *
   * @param cut of the large block
   * @param small initialized
   */
  void copy(Cut cut, Block small) {
    for (Pair<String, Parameter> pair : small.getDirectParameters()) {
      Parameter large = cut.block().getDirectParameters().get(pair.getKey());
      String name = pair.getKey();
      int[] shape = HostValues.shape(large.getArray());
      float[] values = HostValues.read(name, large.getArray());
      for (int axis = 0; axis < shape.length; axis++) {
        int[] stay = cut.indices(name, axis);
        values = taken(values, shape, axis, stay);
        shape[axis] = stay.length;
      }
      HostValues.write(pair.getValue().getArray(), values, manager);
      pair.getValue().freeze(!large.requiresGradient());
    }
    for (int i = 0; i < small.getChildren().size(); i++) {
      copy(cut.child(i), small.getChildren().get(i).getValue());
    }
  }

  /** Returns the entries at some indices along an axis. */
  static float[] taken(float[] values, int[] shape, int axis, int[] indices) {
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    int extent = shape[axis];
    if (indices.length == extent) {
      return values;
    }
    int outer = values.length / (extent * inner);
    float[] result = new float[outer * indices.length * inner];
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (int index : indices) {
        System.arraycopy(values, (o * extent + index) * inner, result, at, inner);
        at += inner;
      }
    }
    return result;
  }
}
