package org.espalier.pruning.structured.op;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;

/**
 * The mean along an axis of the first tensor, which loses the axis: (batch, tokens, width) becomes
 * (batch, width).
 *
 * @param axis not the batch's
 */
public record MeanOp(int axis) implements Op {

  @Override
  public Block block() {
    return new LambdaBlock(list -> new NDList(list.head().mean(new int[] {axis})), "mean");
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    return tracer.withoutAxis(input, axis);
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
