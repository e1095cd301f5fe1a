package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;

/**
 * All axes but the batch become one. A channel of an image then has as many indices as there are
 * positions.
 */
public record FlattenOp() implements Op {

  @Override
  public Block block() {
    return Blocks.batchFlattenBlock();
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Shape shape = input.shape();
    int features = Math.toIntExact(shape.slice(1).size());
    long inner = shape.slice(input.axis() + 1).size();
    int[] channels = new int[features];
    for (int i = 0; i < features; i++) {
      channels[i] = input.channels()[(int) (i / inner % input.channels().length)];
    }
    return new Wire(new Shape(shape.get(0), features), 1, channels);
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
