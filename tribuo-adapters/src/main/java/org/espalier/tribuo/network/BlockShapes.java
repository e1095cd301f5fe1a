package org.espalier.tribuo.network;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Shapes as DJL's blocks know them. */
final class BlockShapes {

  private BlockShapes() {}

  /** Returns the shape of a batch of examples. */
  static Shape of(int batch, int[] example) {
    return new Shape(batch).addAll(new Shape(Arrays.stream(example).asLongStream().toArray()));
  }
}
