package org.espalier.pruning.djl.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.Set;
import org.espalier.sparse.InvalidInputException;

/** Values of arrays on the host as float32, there and back without a changed bit. */
public final class HostValues {

  /** Types whose every value float32 holds. */
  private static final Set<DataType> EXACT = Set.of(DataType.FLOAT32, DataType.FLOAT16);

  private HostValues() {}

  /**
   * Copies an array to the host, row-major.
   *
   * @param name of the array, for the error
   * @throws InvalidInputException if float32 does not hold its type exactly
   */
  public static float[] read(String name, NDArray array) {
    if (!EXACT.contains(array.getDataType())) {
      throw new InvalidInputException(
          name,
          "an array of type float32 or float16",
          array.getDataType().toString(),
          "train in float32");
    }
    if (array.getDataType() == DataType.FLOAT32) {
      return array.toFloatArray();
    }
    try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
      return floats.toFloatArray();
    }
  }

  /**
   * Overwrites an array. Its memory stays where it is, so that whoever holds a view of it sees the
   * values; signs of zeros and NaN arrive as they are.
   *
   * @param values row-major, as many as the array has
   * @param manager of the array's device, for copies that are closed before this returns
   */
  public static void write(NDArray array, float[] values, NDManager manager) {
    try (NDArray alias = array.stopGradient();
        NDArray floats = manager.create(values, array.getShape());
        NDArray typed = floats.toType(array.getDataType(), true)) {
      alias.set(new NDIndex("..."), typed);
    }
  }

  /** Returns the extents of an array. */
  public static int[] shape(NDArray array) {
    long[] extents = array.getShape().getShape();
    int[] shape = new int[extents.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = Math.toIntExact(extents[i]);
    }
    return shape;
  }
}
