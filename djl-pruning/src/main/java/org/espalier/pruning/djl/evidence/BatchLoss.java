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
public record BatchLoss(
    Block network, Loss loss, Sample sample, DataType type, boolean training, float temperature)
    implements Objective {

  /** The loss of a batch in single precision, for predictions as they are. */
  public BatchLoss(Block network, Loss loss, Sample sample, boolean training) {
    this(network, loss, sample, DataType.FLOAT32, training, 1);
  }

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
    NDList data = ArrayCopies.of(sample.data(), manager, type);
    NDList labels = ArrayCopies.of(sample.labels(), manager, type);
    NDList predictions =
        training ? network.forward(store, data, labels, null) : network.forward(store, data, false);
    if (temperature != 1f) {
      // In the engine's memory: the graph refers to it, and DJL keeps numbers in a Java buffer that
      // may be collected before the backward pass.
      NDArray divisor = manager.create(temperature).duplicate();
      predictions = new NDList(predictions.stream().map(p -> p.div(divisor)).toList());
    }
    return loss.evaluate(labels, predictions);
  }
}
