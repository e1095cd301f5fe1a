package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps neurons that fire: every weight of output feature c scores 1 - APoZ_c, where APoZ_c, the
 * average percentage of zeros, is the fraction of examples and positions at which the activation of
 * c is exactly zero ({@link Statistic#ZERO_FRACTION}, in [0, 1]).
 *
 * <p>Source: H. Hu, R. Peng, Y. Tai, C. Tang, "Network Trimming: A Data-Driven Neuron Pruning
 * Approach towards Efficient Deep Architectures", 2016, equation 1, which prunes high APoZ. The
 * paper's cut at mean + one standard deviation is an allocation, not part of the score. Features
 * are axis 0: the channel of a convolution. All weights of a feature tie, so the criterion is meant
 * for the pattern {@code channel}; there sum ranks as mean does.
 */
public enum Apoz implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "apoz";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.ZERO_FRACTION);
  }

  @Override
  public boolean perFeature() {
    return true;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    return Outputs.score(tensor, Statistic.ZERO_FRACTION, zeros -> 1 - zeros);
  }
}
