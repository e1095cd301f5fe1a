package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.espalier.pruning.structured.StructuredNetwork;

/** How far the outputs of two networks are apart. */
public final class OutputDifference {

  private OutputDifference() {}

  /** Returns the largest absolute difference of any output over all samples. */
  public static double largest(StructuredNetwork one, StructuredNetwork other, Samples samples) {
    double largest = 0;
    for (NDList batch : samples.batches()) {
      float[] a = run(one.block(), batch);
      float[] b = run(other.block(), batch);
      for (int i = 0; i < a.length; i++) {
        largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
      }
    }
    return largest;
  }

  private static float[] run(Block block, NDList batch) {
    try (NDManager manager = batch.getManager().newSubManager()) {
      ParameterStore store = new ParameterStore(manager, false);
      NDList input = new NDList();
      batch.forEach(
          array -> {
            NDArray own = array.duplicate();
            own.attach(manager);
            input.add(own);
          });
      return block.forward(store, input, false).singletonOrThrow().toFloatArray();
    }
  }
}
