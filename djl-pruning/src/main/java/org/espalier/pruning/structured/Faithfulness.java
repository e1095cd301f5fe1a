package org.espalier.pruning.structured;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;

/** Whether two networks compute the same. */
final class Faithfulness {

  /** Relative to the largest output: the same sums, in the same order, but for fused kernels. */
  private static final float TOLERANCE = 1e-4f;

  private Faithfulness() {}

  /**
   * Runs both networks on the same random tensor.
   *
   * @param original that was described
   * @param rebuilt from the description; closed afterwards
   * @throws InvalidInputException if their outputs differ
   */
  static void require(Block original, Block rebuilt, Shape input) {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] values = new float[Math.toIntExact(input.size())];
      SplittableRandom random = new SplittableRandom(11);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (2 * random.nextDouble() - 1);
      }
      float[] wanted = run(original, manager.create(values, input), manager);
      float[] found = run(rebuilt, manager.create(values, input), manager);
      float largest = 0;
      float difference = wanted.length == found.length ? 0 : Float.POSITIVE_INFINITY;
      for (int i = 0; i < Math.min(wanted.length, found.length); i++) {
        largest = Math.max(largest, Math.abs(wanted[i]));
        difference = Math.max(difference, Math.abs(wanted[i] - found[i]));
      }
      if (!(difference <= TOLERANCE * Math.max(1e-3f, largest))) {
        throw new InvalidInputException(
            "the network",
            "a description that computes what the network does",
            "outputs up to " + largest + " that differ by up to " + difference,
            "a block overrides what its class does, or a hint is wrong: describe it in Hints");
      }
    } finally {
      rebuilt.clear();
    }
  }

  private static float[] run(Block block, NDArray input, NDManager manager) {
    ParameterStore store = new ParameterStore(manager, false);
    return block.forward(store, new NDList(input), false).singletonOrThrow().toFloatArray();
  }
}
