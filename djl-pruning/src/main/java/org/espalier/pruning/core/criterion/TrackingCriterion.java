package org.espalier.pruning.core.criterion;

import org.espalier.pruning.core.WeightTensor;

/**
 * A criterion that watches training: it keeps one number per weight, brought up to date before
 * every optimizer step, and scores by it ({@link WeightTensor#track}). It is a pure function; the
 * numbers belong to the run.
 */
public interface TrackingCriterion extends Criterion {

  /**
   * Returns the numbers after one more step, in {@code soFar} or a new array.
   *
   * @param soFar one per weight, zeros before the first step
   * @param tensor values and {@link Statistic#GRADIENT} just before the optimizer step
   * @param learningRate of this step
   */
  double[] track(double[] soFar, WeightTensor tensor, double learningRate);
}
