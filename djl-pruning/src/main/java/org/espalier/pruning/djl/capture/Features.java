package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * An array on the host, with one axis told apart: feature f of position (o, i) is {@code values[(o
 * * count + f) * inner + i]}.
 *
 * @param values row-major
 * @param outer product of the extents before the axis
 * @param count extent of the axis
 * @param inner product of the extents after it
 */
public record Features(float[] values, int outer, int count, int inner) {

  /** Copies an array. */
  public static Features of(NDArray array, int axis) {
    Shape shape = array.getShape();
    int outer = Math.toIntExact(shape.slice(0, axis).size());
    int inner = Math.toIntExact(shape.slice(axis + 1).size());
    return new Features(toFloats(array), outer, Math.toIntExact(shape.get(axis)), inner);
  }

  /** Returns how many values each feature has. */
  public long positions() {
    return (long) outer * inner;
  }

  /** Copies an array of any floating-point type, row-major. */
  static float[] toFloats(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32) {
      return array.toFloatArray();
    }
    try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
      return floats.toFloatArray();
    }
  }
}
