package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Branches that read the same tensor, and how they are joined. Channels that are added go together;
 * channels that are concatenated do not.
 *
 * @param branches at least one
 * @param join of their outputs
 */
public record ParallelOp(List<Op> branches, Join join) implements Op {

  /** Copies the list. */
  public ParallelOp {
    branches = List.copyOf(branches);
  }

  @Override
  public Block block() {
    return new ParallelBlock(join::apply, branches.stream().map(Op::block).toList());
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      wires.add(branches.get(i).trace(input, tracer.child(i)));
    }
    Wire joined =
        join.kind() == Join.Kind.CONCATENATE ? concatenated(wires, tracer) : united(wires, tracer);
    return join.activation() == null ? joined : join.activation().trace(joined, tracer);
  }

  /** Along another axis than the channels', concatenation leaves indices where they are. */
  private Wire concatenated(List<Wire> wires, Tracer tracer) {
    long extent = wires.stream().mapToLong(wire -> wire.shape().get(join.axis())).sum();
    long[] shape = wires.get(0).shape().getShape().clone();
    shape[join.axis()] = extent;
    if (wires.get(0).axis() != join.axis()) {
      return united(wires, tracer).shaped(new Shape(shape));
    }
    int[] channels = wires.stream().flatMapToInt(wire -> Arrays.stream(wire.channels())).toArray();
    return new Wire(new Shape(shape), join.axis(), channels);
  }

  private static Wire united(List<Wire> wires, Tracer tracer) {
    Wire first = wires.get(0);
    wires.subList(1, wires.size()).forEach(other -> tracer.unite(first, other));
    return first;
  }

  @Override
  public Op shrink(Cut cut) {
    return new ParallelOp(
        IntStream.range(0, branches.size())
            .mapToObj(i -> branches.get(i).shrink(cut.child(i)))
            .toList(),
        join);
  }

  @Override
  public Op mapChildren(UnaryOperator<Op> change) {
    return new ParallelOp(branches.stream().map(change).toList(), join);
  }
}
