package org.espalier.experiments.structured;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Inputs of a network: normal numbers, and ones where integers are wanted. */
final class Example {

  private Example() {}

  /** Returns the inputs with another batch. */
  static List<DataDesc> withBatch(List<DataDesc> inputs, int batch) {
    return inputs.stream()
        .map(
            input -> {
              Shape one = input.getShape();
              return new DataDesc(
                  new Shape(batch).addAll(one.slice(1)), input.getDataType(), input.getName());
            })
        .toList();
  }

  static NDList of(List<DataDesc> inputs, NDManager manager) {
    NDList arrays = new NDList();
    for (DataDesc input : inputs) {
      NDArray array =
          input.getDataType().isInteger()
              ? manager.ones(input.getShape(), input.getDataType())
              : manager.randomNormal(input.getShape());
      arrays.add(array);
    }
    return arrays;
  }
}
