package org.espalier.pruning.core.criterion;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps weights that move away from zero: before every optimizer step, S = S - score_rate (g w +
 * penalty σ'(S)), g the gradient of that step, S = 0 at the begin, σ'(S) = 1 / (2 + 2 cosh S).
 * Hard: score = S, to rank by (Top_v). Soft: score = σ(S) = 1 / (1 + exp(-S)), for the allocation
 * {@code threshold} with τ in (0, 1); σ rounds small differences of S away. All in double
 * precision, entry by entry. Without penalty the score rate changes no ranking of S.
 *
 * <p>Not covered: the paper's masked forward with straight-through gradients, in which dead weights
 * keep their values, learn and return (here a weight held at 0 has g w = 0); warm-up of the rate.
 *
 * <p>Source: V. Sanh, T. Wolf, A. Rush, "Movement Pruning: Adaptive Sparsity by Fine-Tuning",
 * NeurIPS 2020, section 4.
 *
 * @param soft whether the score is σ(S)
 * @param scoreRate above 0
 * @param penalty λ of the loss term λ Σ σ(S), at least 0; 0 in the hard form
 */
public record Movement(boolean soft, double scoreRate, double penalty)
    implements TrackingCriterion {
  /** Refuses rates that hold no learning. */
  public Movement {
    Requirement.positive("score_rate", scoreRate);
    boolean holds = penalty >= 0 && penalty <= (soft ? Double.MAX_VALUE : 0);
    Requirement.require(holds, "penalty", soft ? "at least 0" : "0 in the hard form", penalty);
  }

  @Override
  public String type() {
    return "movement";
  }

  @Override
  public Map<String, Object> parameters() {
    String form = soft ? "soft" : "hard";
    return new TreeMap<>(Map.of("form", form, "penalty", penalty, "score_rate", scoreRate));
  }

  @Override
  public double[] track(double[] soFar, WeightTensor tensor, double learningRate) {
    Numbers values = tensor.weights();
    Numbers gradients = tensor.numbers(Statistic.GRADIENT);
    for (int i = 0; i < soFar.length; i++) {
      double product = gradients.at(i) * values.at(i);
      soFar[i] -= scoreRate * (product + penalty / (2 + 2 * Math.cosh(soFar[i])));
    }
    return soFar;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    return Scores.of(
        Arrays.stream(tensor.track()).map(s -> soft ? 1 / (1 + Math.exp(-s)) : s).toArray());
  }
}
