package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;

/**
 * A linear layer over the last axis: weight (units, inputs), bias (units).
 *
 * @param units outputs
 * @param bias whether there is one
 */
public record LinearOp(int units, boolean bias) implements Op {

  /** Describes an initialized layer. */
  public static LinearOp of(Block block) {
    long units = block.getDirectParameters().get("weight").getArray().getShape().get(0);
    return new LinearOp(Math.toIntExact(units), block.getDirectParameters().contains("bias"));
  }

  @Override
  public Block block() {
    return Linear.builder().setUnits(units).optBias(bias).build();
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    int last = input.shape().dimension() - 1;
    Wire features = tracer.onAxis(input, last);
    int[] outputs = tracer.fresh(units);
    tracer.bind("weight", 0, outputs);
    tracer.bind("weight", 1, features.channels());
    if (bias) {
      tracer.bind("bias", 0, outputs);
    }
    tracer.uses("weight", features.positions());
    return new Wire(input.shape().slice(0, last).add(units), last, outputs);
  }

  @Override
  public Op shrink(Cut cut) {
    return new LinearOp(cut.kept("weight", 0), bias);
  }
}
