package org.espalier.tribuo.network;

import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;

/** Shapes of one example, and what layers say where one does not suit. */
final class Shapes {

  /** Values of one example that are surely too many: no array of a batch could hold them. */
  private static final long MOST = 1L << 30;

  private Shapes() {}

  /** Returns the product of the extents. */
  static int size(int[] shape) {
    long size = 1;
    for (int extent : shape) {
      size *= extent;
      if (extent < 1 || size > MOST) {
        throw new InvalidInputException(
            "shape of an example",
            "extents of at least 1, at most 2^30 values",
            Arrays.toString(shape),
            "correct the sizes of the network");
      }
    }
    return (int) size;
  }

  /** Refuses a shape that a layer does not take. */
  static void require(boolean fits, String layer, String expected, int[] found) {
    if (!fits) {
      throw new InvalidInputException(
          layer, "an input of " + expected, Arrays.toString(found), "correct the layers before it");
    }
  }
}
