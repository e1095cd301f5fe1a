package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Taylor importance of a channel at the batch norm that reads the layer's output: I_c = (∂L/∂γ_c
 * γ_c + ∂L/∂β_c β_c)², L summed over the batches before the square, from {@link Statistic#BN_GATE};
 * every weight into the channel (axis 0) scores I_c. The square is taken in double precision. Meant
 * for the pattern {@code channel}, where the aggregate {@code mean} gives the unit I_c itself;
 * within a channel all weights tie.
 *
 * <p>Source: P. Molchanov et al., "Importance Estimation for Neural Network Pruning", CVPR 2019,
 * section 3: the gate that follows batch normalization.
 */
public enum BnGate implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "bn-gate";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.BN_GATE);
  }

  @Override
  public boolean perFeature() {
    return true;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    return Outputs.score(tensor, Statistic.BN_GATE, gate -> gate * gate);
  }
}
