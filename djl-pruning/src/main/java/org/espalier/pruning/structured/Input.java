package org.espalier.pruning.structured;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * One tensor that a network reads. DJL's {@link DataDesc} says the same, but does not compare.
 *
 * @param shape with the batch on axis 0
 * @param type of its entries; integers must be allowed to be 0 and 1, as ids of tokens and masks
 */
public record Input(Shape shape, DataType type) {

  /** Refuses nulls. */
  public Input {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(type, "type");
  }

  /** Numbers of a shape. */
  public static Input of(Shape shape) {
    return new Input(shape, DataType.FLOAT32);
  }

  /** What DJL says, without the name. */
  public static Input of(DataDesc input) {
    return new Input(input.getShape(), input.getDataType());
  }

  /** Returns what DJL calls it. */
  public DataDesc desc() {
    return new DataDesc(shape, type);
  }

  /**
   * Returns random tensors: numbers in [-1, 1), or 0 and 1 where integers are read.
   *
   * @param manager that owns them
   */
  public static NDList random(List<Input> inputs, long seed, NDManager manager) {
    SplittableRandom random = new SplittableRandom(seed);
    NDList arrays = new NDList();
    for (Input input : inputs) {
      float[] values = new float[Math.toIntExact(input.shape.size())];
      for (int i = 0; i < values.length; i++) {
        boolean number = input.type.isFloating();
        values[i] = number ? (float) (2 * random.nextDouble() - 1) : random.nextInt(2);
      }
      arrays.add(manager.create(values, input.shape).toType(input.type, false));
    }
    return arrays;
  }
}
