package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps channels that batch norm scales up: every weight of output feature c scores |gamma_c|, the
 * scale of the batch norm that reads this layer's output ({@link Statistic#BN_SCALE}). The weight's
 * own value plays no part.
 *
 * <p>Source: Z. Liu, J. Li, Z. Shen, G. Huang, S. Yan, C. Zhang, "Learning Efficient Convolutional
 * Networks through Network Slimming", ICCV 2017, section 3, which ranks |gamma| over all layers:
 * that is the allocation {@code global}. All weights of a channel tie, so the criterion is meant
 * for the pattern {@code channel} with the aggregate {@code mean}, which leaves |gamma_c| as it is.
 */
public enum BnScale implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "bn-scale";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.BN_SCALE);
  }

  @Override
  public boolean perFeature() {
    return true;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    return Outputs.score(tensor, Statistic.BN_SCALE, Math::abs);
  }
}
