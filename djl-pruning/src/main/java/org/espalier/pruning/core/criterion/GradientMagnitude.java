package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Absolute gradient: score = |g|, g summed over the batches. A dead weight has a gradient too, that
 * of the loss of the masked network, so this tells where a new connection would help most.
 *
 * <p>Source: U. Evci et al., "Rigging the Lottery: Making All Tickets Winners", ICML 2020, section
 * 3, the growth criterion; before it the connection growth of X. Dai, H. Yin, N. Jha, "NeST", 2017.
 */
public enum GradientMagnitude implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "gradient";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.GRADIENT);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers gradients = tensor.numbers(Statistic.GRADIENT);
    return Scores.of(gradients.map(i -> Math.abs(gradients.at(i))));
  }
}
