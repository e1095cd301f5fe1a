package org.espalier.pruning.core.criterion;

import java.util.Map;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Absolute momentum: before every optimizer step M = decay M + (1 - decay) g, g the gradient of
 * that step for all weights, dead or alive, M = 0 at the begin; score = |M|, in double precision.
 *
 * <p>Source: T. Dettmers, L. Zettlemoyer, "Sparse Networks from Scratch: Faster Training without
 * Losing Performance", 2019, section 3. Their code reads the momentum buffer of SGD, which is M /
 * (1 - decay): the same ranking.
 *
 * @param decay what a step leaves of M, in [0, 1)
 */
public record GradientAverage(double decay) implements TrackingCriterion {

  /** Refuses what forgets nothing. */
  public GradientAverage {
    Requirement.require(decay >= 0 && decay < 1, "decay", "a number in [0, 1)", decay);
  }

  @Override
  public String type() {
    return "gradient-average";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("decay", decay);
  }

  @Override
  public double[] track(double[] soFar, WeightTensor tensor, double learningRate) {
    Numbers gradients = tensor.numbers(Statistic.GRADIENT);
    for (int i = 0; i < soFar.length; i++) {
      soFar[i] = decay * soFar[i] + (1 - decay) * gradients.at(i);
    }
    return soFar;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    double[] scores = tensor.track().clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.abs(scores[i]);
    }
    return Scores.of(scores);
  }
}
