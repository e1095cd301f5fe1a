package org.espalier.pruning.structured.probe;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.pruning.structured.op.ActivationOp;
import org.espalier.pruning.structured.op.Join;

/** How a parallel block of DJL's joins its branches: the function that it holds is run. */
public final class JoinProbe {

  private JoinProbe() {}

  /**
   * Returns the join, empty if it is none of those that are known.
   *
   * @param block a {@code ParallelBlock}
   * @param branches shapes of the tensors that are joined
   */
  public static Optional<Join> identify(Block block, List<Shape> branches) {
    try (Probe probe = new Probe(Lambdas.ofJoin(block), branches)) {
      return probe.first(candidates(branches.get(0).dimension()), join -> join::apply);
    }
  }

  private static Stream<Join> candidates(int dimensions) {
    Stream<ActivationOp> after = Stream.concat(Stream.of((ActivationOp) null), Activations.plain());
    return after.flatMap(
        activation ->
            Stream.concat(
                Stream.of(Join.Kind.ADD, Join.Kind.MULTIPLY, Join.Kind.MAXIMUM)
                    .map(kind -> new Join(kind, 0, activation)),
                IntStream.range(1, dimensions)
                    .mapToObj(axis -> new Join(Join.Kind.CONCATENATE, axis, activation))));
  }
}
