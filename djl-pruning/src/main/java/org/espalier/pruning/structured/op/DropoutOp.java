package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import org.espalier.pruning.djl.network.Internals;

/**
 * Dropout.
 *
 * @param rate of entries that are dropped in training
 */
public record DropoutOp(float rate) implements Op {

  /** Describes a block. */
  public static DropoutOp of(Block block) {
    return new DropoutOp((float) Internals.value(Dropout.class, "rate", block));
  }

  @Override
  public Block block() {
    return Dropout.builder().optRate(rate).build();
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    return input;
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
