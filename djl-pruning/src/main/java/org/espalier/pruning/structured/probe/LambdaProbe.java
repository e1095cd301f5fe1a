package org.espalier.pruning.structured.probe;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.pruning.structured.op.ExpandOp;
import org.espalier.pruning.structured.op.FlattenOp;
import org.espalier.pruning.structured.op.GlobalPoolOp;
import org.espalier.pruning.structured.op.IdentityOp;
import org.espalier.pruning.structured.op.MeanOp;
import org.espalier.pruning.structured.op.Op;
import org.espalier.pruning.structured.op.PickOp;
import org.espalier.pruning.structured.op.PoolOp;
import org.espalier.pruning.structured.op.SelectOp;
import org.espalier.pruning.structured.op.SoftmaxOp;

/**
 * Which op a block of DJL's computes that holds nothing but a function. A name is no proof:
 * whatever it says, the function is run. Where several ops compute the same on tensors of this
 * shape (a window of one pixel and the identity), any of them is right.
 */
public final class LambdaProbe {

  /** Places of a sequence at which a single token is looked for. */
  private static final int PLACES = 512;

  private LambdaProbe() {}

  /**
   * Returns the op, empty if it is none of those that are known.
   *
   * @param block a {@code LambdaBlock}
   * @param inputs shapes that it reads, with the batch
   */
  public static Optional<Op> identify(Block block, List<Shape> inputs) {
    try (Probe probe = new Probe(Probe.joined(Lambdas.of(block)), inputs)) {
      Stream<Op> candidates =
          inputs.size() == 1 ? candidates(probe, inputs.get(0)) : selections(inputs);
      return probe.first(candidates, Probe::of);
    }
  }

  /** What makes one tensor of several, as of a masked sequence or of what BERT returns. */
  private static Stream<Op> selections(List<Shape> inputs) {
    Stream<Op> selected = IntStream.range(0, inputs.size()).mapToObj(SelectOp::new);
    return Stream.concat(selected, reductions(inputs.get(0)));
  }

  /** Tokens of a sequence to one: the mean of them, or one at a place. */
  private static Stream<Op> reductions(Shape input) {
    return IntStream.range(1, Math.max(1, input.dimension() - 1))
        .boxed()
        .flatMap(
            axis ->
                Stream.concat(
                    Stream.of(new MeanOp(axis)),
                    IntStream.range(0, (int) Math.min(PLACES, input.get(axis)))
                        .mapToObj(index -> new PickOp(axis, index))));
  }

  /** Cheap and frequent ones first; windows are only looked for where the shape has changed. */
  private static Stream<Op> candidates(Probe probe, Shape input) {
    if (probe.outputShape().isEmpty()) {
      return Stream.empty();
    }
    Shape output = probe.outputShape().get();
    Stream<Op> pools = input.dimension() > 2 ? pools(input, output) : Stream.empty();
    if (!output.equals(input)) {
      Stream<Op> reductions =
          output.dimension() == input.dimension() - 1 ? reductions(input) : Stream.empty();
      return Stream.of(Stream.of(new FlattenOp()), expansions(input, output), pools, reductions)
          .flatMap(ops -> ops);
    }
    return Stream.of(
            Stream.of(new IdentityOp()),
            Activations.candidates(probe).map(Op.class::cast),
            softmaxes(input),
            Stream.of(new FlattenOp()),
            pools)
        .flatMap(ops -> ops);
  }

  private static Stream<Op> softmaxes(Shape input) {
    return IntStream.range(1, input.dimension())
        .boxed()
        .flatMap(axis -> Stream.of(new SoftmaxOp(axis, false), new SoftmaxOp(axis, true)));
  }

  private static Stream<Op> expansions(Shape input, Shape output) {
    int axes = output.dimension() - input.dimension();
    return axes > 0 ? Stream.of(new ExpandOp(axes)) : Stream.empty();
  }

  private static Stream<Op> pools(Shape input, Shape output) {
    int axes = input.dimension() - 2;
    if (axes > 3) {
      return Stream.empty();
    }
    Stream<Op> global =
        Stream.of(
            new GlobalPoolOp(PoolOp.Kind.AVERAGE, axes), new GlobalPoolOp(PoolOp.Kind.MAX, axes));
    return Stream.concat(global, Windows.candidates(input, output));
  }
}
