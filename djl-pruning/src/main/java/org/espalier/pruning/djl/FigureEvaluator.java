package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.EvaluatorTrainingListener;

/**
 * Shows a number of the training where DJL shows evaluators. It looks at no batch: it accumulates
 * nothing but that there were some, and like DJL's own is NaN where there were none.
 */
final class FigureEvaluator extends Evaluator {

  private final LiveFigure figure;

  FigureEvaluator(String name, LiveFigure figure) {
    super(name);
    this.figure = figure;
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    return predictions.head().getManager().create((float) figure.now());
  }

  @Override
  public void addAccumulator(String key) {
    resetAccumulator(key);
  }

  @Override
  public void updateAccumulator(String key, NDList labels, NDList predictions) {
    totalInstances.merge(key, 1L, Long::sum);
  }

  @Override
  public void resetAccumulator(String key) {
    totalInstances.put(key, 0L);
  }

  /** Returns the number; the one right now at the end of an epoch. */
  @Override
  public float getAccumulator(String key) {
    // The trainer may have been told of its evaluators before this one was among them.
    if (totalInstances.getOrDefault(key, 0L) == 0) {
      return Float.NaN;
    }
    boolean endOfEpoch =
        key.equals(EvaluatorTrainingListener.TRAIN_EPOCH)
            || key.equals(EvaluatorTrainingListener.VALIDATE_EPOCH);
    return (float) (endOfEpoch ? figure.now() : figure.latest());
  }
}
