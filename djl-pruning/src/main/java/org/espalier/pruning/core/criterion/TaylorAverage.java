package org.espalier.pruning.core.criterion;

import java.util.Map;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Squared Taylor importance over training: before every optimizer step, I = momentum I + (1 -
 * momentum) (g w)², g the gradient of that step, I = 0 at the begin; score = I. All in double
 * precision; the zero at the begin scales all weights alike and is not corrected for. Entries of a
 * convolution are weights like all others; units add up to Σ (g w)² under the aggregate {@code
 * sum}. Dead weights are 0, so their I only decays.
 *
 * <p>Source: P. Molchanov et al., "Importance Estimation for Neural Network Pruning", CVPR 2019,
 * section 3: importance per minibatch, averaged with momentum 0.9 between two decisions. Here the
 * average runs on through decisions.
 *
 * @param momentum what is left of the average after a step, in [0, 1)
 */
public record TaylorAverage(double momentum) implements TrackingCriterion {

  /** Refuses an average that never moves. */
  public TaylorAverage {
    Requirement.require(momentum >= 0 && momentum < 1, "momentum", "a number in [0, 1)", momentum);
  }

  @Override
  public String type() {
    return "taylor-average";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("momentum", momentum);
  }

  @Override
  public double[] track(double[] soFar, WeightTensor tensor, double learningRate) {
    Numbers values = tensor.weights();
    Numbers gradients = tensor.numbers(Statistic.GRADIENT);
    for (int i = 0; i < soFar.length; i++) {
      double product = gradients.at(i) * values.at(i);
      soFar[i] = momentum * soFar[i] + (1 - momentum) * (product * product);
    }
    return soFar;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    return Scores.of(tensor.track().clone());
  }
}
