package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The loss on the validation batches of an epoch: the mean over batches and devices, which is what
 * DJL reports as {@code validate_loss}. It is computed here once more because DJL's own depends on
 * other listeners: without an {@code EvaluatorTrainingListener} there is none, and after that
 * listener's turn it is gone.
 */
final class ValidationLoss {

  private double sum;
  private long count;

  /** Adds a batch that was just validated. */
  void add(Loss loss, BatchData batch) {
    for (Map.Entry<Device, NDList> labels : batch.getLabels().entrySet()) {
      NDList predictions = batch.getPredictions().get(labels.getKey());
      try (NDArray value = loss.evaluate(labels.getValue(), predictions);
          NDArray total = value.sum()) {
        sum += total.getFloat();
        count++;
      }
    }
  }

  /** Returns the mean since the last call; empty if nothing was validated. */
  OptionalDouble finishEpoch() {
    OptionalDouble mean = count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    sum = 0;
    count = 0;
    return mean;
  }
}
