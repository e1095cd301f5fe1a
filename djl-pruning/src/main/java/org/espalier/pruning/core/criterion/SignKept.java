package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * A weight counts with the sign that it was born with: score = w sgn(w_0), w_0 its value at the
 * begin of training ({@link Statistic#INITIAL_VALUE}), sgn(0) = 0. Negative once w has changed its
 * sign.
 *
 * <p>Source: G. Bellec et al., "Deep Rewiring: Training very sparse deep networks" (DEEP R), ICLR
 * 2018, section 2: w_k = s_k θ_k with a fixed sign s_k; the score is θ_k.
 */
public enum SignKept implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "sign-kept";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.INITIAL_VALUE);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers initial = tensor.numbers(Statistic.INITIAL_VALUE);
    return Scores.of(values.map(i -> values.at(i) * Math.signum(initial.at(i))));
  }
}
