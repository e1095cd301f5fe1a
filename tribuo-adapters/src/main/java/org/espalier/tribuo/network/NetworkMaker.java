package org.espalier.tribuo.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.djl.network.NetworkParameters;

/**
 * Makes the network of a model from a trained block: layers in Java if the block can be read and
 * its layers answer as it does, else one that DJL computes.
 *
 * @param spec that made the block
 * @param rows examples to compare answers with
 */
record NetworkMaker(NetworkSpec spec, TrainingRows rows) {

  private static final int COMPARED = 8;

  /** Differences of the order of sums in float32 stay far below. */
  private static final double TOLERANCE = 1e-3;

  /**
   * @param block trained; takes the weights of the snapshot
   * @throws IllegalArgumentException if it is made of other blocks and has no source
   */
  TrainedNetwork make(Block block, Snapshot weights) {
    int[] shape = rows.encoder().layout().shape();
    Optional<LayeredNetwork> layered =
        LayerReader.read(block, weights.tensors(), shape)
            .filter(network -> answersAlike(network, block, weights));
    if (layered.isPresent()) {
      return layered.get();
    }
    BlockSource source =
        spec.source()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the network has blocks that a model cannot build by itself; describe it"
                            + " with a BlockFactorySpec"));
    return new EngineNetwork(source, shape, rows.width(), List.copyOf(weights.tensors().values()));
  }

  private boolean answersAlike(LayeredNetwork network, Block block, Snapshot weights) {
    int count = Math.min(COMPARED, rows.examples().length);
    float[] own =
        network.run(rows.encoder().featureMajor(Arrays.copyOf(rows.examples(), count)), count);
    Map<String, Parameter> parameters = new NetworkParameters(block).byPath();
    NDManager manager = parameters.values().iterator().next().getArray().getManager();
    weights
        .tensors()
        .forEach(
            (path, t) -> HostValues.write(parameters.get(path).getArray(), t.values(), manager));
    try (Batch batch = rows.batch(Shuffles.ascending(count), 0, count, manager)) {
      ParameterStore store = new ParameterStore(batch.getManager(), false);
      NDArray answers = block.forward(store, batch.getData(), false).singletonOrThrow();
      float[] expected = answers.toFloatArray();
      for (int i = 0; i < expected.length; i++) {
        float found = own[i % rows.width() * count + i / rows.width()];
        if (!(Math.abs(found - expected[i]) <= TOLERANCE * (1 + Math.abs(expected[i])))) {
          return false;
        }
      }
      return own.length == expected.length;
    }
  }
}
