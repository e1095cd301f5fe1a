package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A chain: each op reads what the one before it wrote.
 *
 * @param ops at least one
 */
public record SequenceOp(List<Op> ops) implements Op {

  /** Copies the list. */
  public SequenceOp {
    ops = List.copyOf(ops);
  }

  @Override
  public Block block() {
    SequentialBlock block = new SequentialBlock();
    ops.forEach(op -> block.add(op.block()));
    return block;
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Wire wire = input;
    for (int i = 0; i < ops.size(); i++) {
      wire = ops.get(i).trace(wire, tracer.child(i));
    }
    return wire;
  }

  @Override
  public Op shrink(Cut cut) {
    return new SequenceOp(
        IntStream.range(0, ops.size()).mapToObj(i -> ops.get(i).shrink(cut.child(i))).toList());
  }

  @Override
  public Op mapChildren(UnaryOperator<Op> change) {
    return new SequenceOp(ops.stream().map(change).toList());
  }
}
