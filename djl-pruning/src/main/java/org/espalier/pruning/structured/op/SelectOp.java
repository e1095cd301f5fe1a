package org.espalier.pruning.structured.op;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;

/**
 * One of several tensors: the pooled token of BERT, or a sequence without its mask.
 *
 * @param tensor counted from 0
 */
public record SelectOp(int tensor) implements Op {

  @Override
  public Block block() {
    return new LambdaBlock(list -> new NDList(list.get(tensor)), "select");
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    return input.all().get(tensor);
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
