package org.espalier.pruning.structured.op;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;

/**
 * One index along an axis of the first tensor, which loses the axis: (batch, tokens, width) becomes
 * (batch, width).
 *
 * @param axis not the batch's
 * @param index along it
 */
public record PickOp(int axis, int index) implements Op {

  @Override
  public Block block() {
    return new LambdaBlock(list -> new NDList(picked(list.head())), "pick");
  }

  private NDArray picked(NDArray array) {
    return array.get(new NDIndex().addAllDim(axis).addIndices(index));
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
