package org.espalier.pruning.structured;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import java.util.List;
import org.espalier.sparse.InvalidInputException;

/** Whether two networks compute the same. */
final class Faithfulness {

  /** Relative to the largest output: the same sums, in the same order, but for fused kernels. */
  private static final float TOLERANCE = 1e-4f;

  private static final long SEED = 11;

  private Faithfulness() {}

  /**
   * Runs both networks on the same random tensors.
   *
   * @param original that was described
   * @param rebuilt from the description; closed afterwards
   * @throws InvalidInputException if their outputs differ
   */
  static void require(Block original, Block rebuilt, List<Input> inputs) {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] wanted = run(original, Input.random(inputs, SEED, manager), manager);
      float[] found = run(rebuilt, Input.random(inputs, SEED, manager), manager);
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

  /** Returns all outputs, one behind the other. */
  private static float[] run(Block block, NDList inputs, NDManager manager) {
    NDList outputs = block.forward(new ParameterStore(manager, false), inputs, false);
    FloatBuffer values =
        FloatBuffer.allocate(
            Math.toIntExact(outputs.stream().mapToLong(array -> array.size()).sum()));
    outputs.forEach(output -> values.put(output.toFloatArray()));
    return values.array();
  }
}
