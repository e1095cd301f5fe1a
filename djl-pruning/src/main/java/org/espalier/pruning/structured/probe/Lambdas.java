package org.espalier.pruning.structured.probe;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import java.util.List;
import java.util.function.Function;
import org.espalier.pruning.djl.network.Internals;

/** The functions that DJL's blocks hold. */
final class Lambdas {

  private Lambdas() {}

  /** Returns the function of a {@link LambdaBlock}. */
  @SuppressWarnings("unchecked")
  static Function<NDList, NDList> of(Block block) {
    return (Function<NDList, NDList>) Internals.value(LambdaBlock.class, "lambda", block);
  }

  /** Returns the function that joins the branches of a {@link ParallelBlock}. */
  @SuppressWarnings("unchecked")
  static Function<List<NDList>, NDList> ofJoin(Block block) {
    return (Function<List<NDList>, NDList>) Internals.value(ParallelBlock.class, "function", block);
  }
}
