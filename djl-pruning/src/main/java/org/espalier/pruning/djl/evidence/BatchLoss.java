package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.util.List;

/**
 * The loss of a network on one batch, as the training computes it.
 *
 * @param network that predicts
 * @param loss of the training
 * @param sample batch; copied for each evaluation, since blocks may write to their inputs
 * @param type of floating-point inputs and labels
 * @param training whether batch norms use the statistics of the batch and not their running ones
 * @param temperature that predictions are divided by before the loss
 */
record BatchLoss(
    Block network, Loss loss, Sample sample, DataType type, boolean training, float temperature)
    implements Objective {

  /** Returns the loss of every batch of a probe. */
  static List<Objective> ofEach(Probe probe, DataType type, boolean training, float temperature) {
    return probe.batches().stream()
        .<Objective>map(
            sample ->
                new BatchLoss(probe.network(), probe.loss(), sample, type, training, temperature))
        .toList();
  }

  @Override
  public NDArray of(ParameterStore store, NDManager manager) {
    NDList data = copy(sample.data(), manager, type);
    NDList labels = copy(sample.labels(), manager, type);
    NDList predictions =
        training ? network.forward(store, data, labels, null) : network.forward(store, data, false);
    if (temperature != 1f) {
      predictions = new NDList(predictions.stream().map(p -> p.div(temperature)).toList());
    }
    return loss.evaluate(labels, predictions);
  }

  /** Copies arrays, those of floating point in a type of ours. */
  static NDList copy(NDList arrays, NDManager manager, DataType type) {
    NDList copies = new NDList(arrays.size());
    for (NDArray array : arrays) {
      copies.add(copy(array, manager, type));
    }
    return copies;
  }

  /** Copies an array; a floating-point one in a type of ours. */
  static NDArray copy(NDArray array, NDManager manager, DataType type) {
    DataType found = array.getDataType();
    // Neither toType nor toDevice copies on PyTorch where nothing changes.
    NDArray copy =
        found.isFloating() && found != type ? array.toType(type, true) : array.duplicate();
    copy.attach(manager);
    return copy;
  }
}
