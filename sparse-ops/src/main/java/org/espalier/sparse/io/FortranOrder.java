package org.espalier.sparse.io;

import java.util.Arrays;

/** Turns arrays whose first axis varies fastest into row-major ones. */
final class FortranOrder {

  private FortranOrder() {}

  /** Returns the same tensor with its values in row-major order. */
  static Tensor toC(Tensor tensor) {
    int[] shape = tensor.shape();
    int[] sources = sources(tensor.elements(), shape);
    if (tensor.type() == Tensor.Type.UINT8) {
      byte[] from = tensor.bytes();
      byte[] to = new byte[from.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = from[sources[i]];
      }
      return Tensor.ofBytes(tensor.name(), shape, to);
    }
    if (tensor.type() == Tensor.Type.FLOAT64) {
      double[] from = tensor.doubles();
      double[] to = Arrays.stream(sources).mapToDouble(source -> from[source]).toArray();
      return Tensor.ofDoubles(tensor.name(), shape, to);
    }
    float[] from = tensor.floats();
    float[] to = new float[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[sources[i]];
    }
    return Tensor.ofFloats(tensor.name(), shape, to);
  }

  /** Returns, for each row-major position, where its value stands in column-major order. */
  private static int[] sources(int elements, int[] shape) {
    int[] sources = new int[elements];
    int[] index = new int[shape.length];
    for (int i = 1; i < elements; i++) {
      int axis = shape.length - 1;
      while (++index[axis] == shape[axis]) {
        index[axis--] = 0;
      }
      int at = 0;
      for (int d = shape.length - 1; d >= 0; d--) {
        at = at * shape[d] + index[d];
      }
      sources[i] = at;
    }
    return sources;
  }
}
