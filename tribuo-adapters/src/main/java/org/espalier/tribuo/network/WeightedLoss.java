package org.espalier.tribuo.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;

/** The mean of the losses of examples by their weights, which are the second labels. */
final class WeightedLoss extends Loss {

  private final OutputAdapter<?> adapter;

  WeightedLoss(OutputAdapter<?> adapter) {
    super("loss");
    this.adapter = adapter;
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray targets = labels.get(0);
    NDArray weights = labels.get(1).reshape(new Shape(-1));
    NDArray losses = adapter.losses(targets, predictions.singletonOrThrow());
    return losses.mul(weights).sum().div(weights.sum());
  }
}
