package org.espalier.pruning.core.compensation;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.curvature.EmpiricalFisher;
import org.espalier.sparse.mask.Mask;

/**
 * Optimal Brain Surgeon's update, for all weights R that die at once: the survivors S change by d_S
 * = H_SS^-1 H_SR w_R, which minimizes dwᵀ H dw / 2 subject to dw_R = -w_R. For a single weight q
 * this is the update -w_q / [H^-1]_qq H^-1 e_q of the paper; removing R one after the other gives
 * the same weights. H = lambda I + (1/N) sum of g gᵀ over the gradients g of N single examples, per
 * tensor, as in the criterion {@code obs}. A weight that is exactly zero before the decision
 * belongs neither to R nor to S: it stays zero.
 *
 * <p>Source: B. Hassibi, D. Stork, "Second order derivatives for network pruning: Optimal Brain
 * Surgeon", NIPS 1992, equations 3 to 5. The new values are rounded to single precision at the end.
 *
 * @param lambda added to the diagonal of H, above 0
 */
public record Obs(double lambda) implements Compensation {

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
  public float[] compensated(WeightTensor tensor, Mask mask) {
    float[] values = tensor.values();
    int[] live = EmpiricalFisher.live(values);
    int[] survivors = IntStream.of(live).filter(mask::isKept).toArray();
    int[] removed = IntStream.of(live).filter(i -> !mask.isKept(i)).toArray();
    float[] samples = tensor.statistic(Statistic.GRADIENT_SAMPLES);
    EmpiricalFisher fisher = new EmpiricalFisher(samples, values.length, lambda);
    double[] change = fisher.update(survivors, removed, values);
    float[] result = values.clone();
    for (int s = 0; s < survivors.length; s++) {
      result[survivors[s]] = (float) (values[survivors[s]] + change[s]);
    }
    mask.applyTo(result);
    return result;
  }
}
