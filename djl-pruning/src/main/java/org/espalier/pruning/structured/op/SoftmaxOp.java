package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;

/**
 * A softmax along an axis. It mixes channels, which therefore stay.
 *
 * @param axis may count from the end: -1 is the last
 * @param logarithm whether the logarithm is taken
 */
public record SoftmaxOp(int axis, boolean logarithm) implements Op {

  @Override
  public Block block() {
    return LambdaBlock.singleton(
        array -> logarithm ? array.logSoftmax(axis) : array.softmax(axis),
        logarithm ? "logSoftmax" : "softmax");
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    int along = axis < 0 ? axis + input.shape().dimension() : axis;
    if (along == input.axis()) {
      tracer.keep(input.channels(), "a softmax mixes channels");
    }
    return input;
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
