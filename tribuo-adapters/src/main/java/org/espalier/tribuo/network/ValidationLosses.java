package org.espalier.tribuo.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;

/** The loss of the validation examples by their weights, in the epoch that is going on. */
final class ValidationLosses extends TrainingListenerAdapter {

  private double sum;
  private double weight;

  @Override
  public void onValidationBatch(Trainer trainer, BatchData batch) {
    NDList labels = batch.getLabels().values().iterator().next();
    NDList predictions = batch.getPredictions().values().iterator().next();
    try (NDArray loss = trainer.getLoss().evaluate(labels, predictions);
        NDArray weights = labels.get(1).sum()) {
      sum += (double) loss.getFloat() * weights.getFloat();
      weight += weights.getFloat();
    }
  }

  /** Returns the mean and begins anew. */
  double take() {
    double mean = sum / weight;
    sum = 0;
    weight = 0;
    return mean;
  }
}
