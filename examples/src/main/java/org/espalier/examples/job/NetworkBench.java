package org.espalier.examples.job;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import org.espalier.examples.data.ImageDataset;
import org.espalier.pruning.report.TotalTiming;

/** Times a network and a smaller one against each other, in plain DJL, on one thread. */
final class NetworkBench {

  private static final String DEFINITION =
      "dense time / pruned time of the whole network in DJL, " + JobRun.CONDITIONS;

  private NetworkBench() {}

  /**
   * Measures.
   *
   * @param images whose first batch both compute
   * @param threads of libtorch afterwards
   */
  static TotalTiming measure(Block dense, Block pruned, ImageDataset images, int threads) {
    JniUtils.setNumThreads(1);
    try (NDManager manager = NDManager.newBaseManager();
        Batch batch = images.getData(manager).iterator().next()) {
      NDArray input = batch.getData().singletonOrThrow();
      return new TotalTiming(
          DEFINITION,
          LayerBench.measure(() -> forward(dense, input), () -> forward(pruned, input)));
    } finally {
      JniUtils.setNumThreads(threads);
    }
  }

  /** What layers compute belongs to the manager of their input: a view with one of its own. */
  private static void forward(Block block, NDArray input) {
    try (NDManager call = input.getManager().newSubManager()) {
      NDArray view = input.reshape(input.getShape());
      view.attach(call);
      block.forward(new ParameterStore(call, false), new NDList(view), false);
    }
  }
}
