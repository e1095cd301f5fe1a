package org.espalier.pruning.structured;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.SplittableRandom;

/** What tests do with networks. */
final class Networks {

  private Networks() {}

  /** Runs a network as it predicts. */
  static float[] run(Block block, NDArray input, NDManager manager) {
    ParameterStore store = new ParameterStore(manager, false);
    return block.forward(store, new NDList(input), false).singletonOrThrow().toFloatArray();
  }

  /** About half of the channels of each group, never all. */
  static Selection half(StructuredNetwork network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Selection selection = Selection.empty();
    for (ChannelGroup group : network.prunable()) {
      for (int channel = 0; channel < group.size(); channel++) {
        if (random.nextBoolean() && selection.count(group) < group.size() - 1) {
          selection = selection.with(group, channel);
        }
      }
    }
    return selection;
  }
}
