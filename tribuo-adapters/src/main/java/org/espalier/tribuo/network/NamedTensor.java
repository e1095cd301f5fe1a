package org.espalier.tribuo.network;

import java.io.Serializable;
import org.espalier.sparse.InvalidInputException;

/**
 * A parameter of a network.
 *
 * @param name its path
 * @param shape at most 8 extents, each at least 0
 * @param prunable whether it is pruned unless a recipe says otherwise
 * @param values row-major
 */
record NamedTensor(String name, int[] shape, boolean prunable, float[] values)
    implements Serializable {

  NamedTensor {
    long size = 1;
    for (int extent : shape) {
      size = Math.multiplyExact(size, (long) extent);
    }
    if (size != values.length) {
      throw new InvalidInputException(
          name, size + " values", values.length + "", "correct the shape");
    }
  }
}
