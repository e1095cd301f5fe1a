package org.espalier.pruning.core.criterion;

import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.curvature.EmpiricalFisher;
import org.espalier.sparse.mask.Scores;

/**
 * Optimal Brain Surgeon: score = (w w) / (2 [H^-1]_qq), the rise of the loss if w alone is removed
 * and the other live weights of its tensor make up for it (compensation {@code obs}). H = lambda I
 * + (1/N) sum of g gᵀ over the gradients g of N single examples, over the weights of the tensor
 * that are not exactly zero; zeros score 0. A convolution's weights are entries like any others.
 *
 * <p>Source: B. Hassibi, D. Stork, "Second order derivatives for network pruning: Optimal Brain
 * Surgeon", NIPS 1992, equation 5; H^-1 by {@link EmpiricalFisher}, nothing between tensors.
 *
 * @param lambda added to the diagonal of H, above 0
 */
public record Obs(double lambda) implements Criterion {

  /** Refuses what makes no positive definite matrix. */
  public Obs {
    EmpiricalFisher.requireLambda(lambda);
  }

  static Obs read(Values values) {
    return new Obs(values.number("lambda"));
  }

  @Override
  public String type() {
    return "obs";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("lambda", lambda);
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.GRADIENT_SAMPLES);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    float[] values = tensor.values();
    int[] live = EmpiricalFisher.live(values);
    float[] samples = tensor.statistic(Statistic.GRADIENT_SAMPLES);
    double[] inverse = new EmpiricalFisher(samples, values.length, lambda).inverseDiagonal(live);
    double[] scores = new double[values.length];
    for (int q = 0; q < live.length; q++) {
      double w = tensor.weights().at(live[q]);
      scores[live[q]] = w * w / (2 * inverse[q]);
    }
    return Scores.of(scores);
  }
}
