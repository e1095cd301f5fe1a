package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;

/** What enters leaves. */
public record IdentityOp() implements Op {

  @Override
  public Block block() {
    return Blocks.identityBlock();
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
