package org.espalier.pruning.structured.op;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.util.Arrays;

/**
 * Axes of extent 1 behind the last: (batch, channels) becomes (batch, channels, 1, 1), so that a
 * convolution can read it.
 *
 * @param axes how many
 */
public record ExpandOp(int axes) implements Op {

  @Override
  public Block block() {
    return LambdaBlock.singleton(this::apply, "expand");
  }

  private NDArray apply(NDArray array) {
    return array.reshape(expanded(array.getShape()));
  }

  private Shape expanded(Shape shape) {
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    return shape.addAll(new Shape(ones));
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    return input.shaped(expanded(input.shape()));
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
