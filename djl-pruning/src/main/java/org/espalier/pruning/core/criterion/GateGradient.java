package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Absolute gradient of a channel's gate: |∂L/∂φ_c φ_c| for a gate φ_c that multiplies what the
 * batch norm after the layer puts out, γ_c x + β_c. At φ = 1 that is |∂L/∂γ_c γ_c + ∂L/∂β_c β_c|,
 * {@link Statistic#BN_GATE}, and no gate has to be put into the network. Every weight into the
 * channel (axis 0) has its score. Meant for the pattern {@code channel} with the aggregate {@code
 * mean}; within a channel all weights tie. Ranks channels as {@link BnGate} does, which squares.
 *
 * <p>The absolute value is taken after the sum over the batches; the paper's sum of |∂L/∂φ φ| takes
 * it before. Tick-tock training, in which only the gates move for a while, is no part of this.
 *
 * <p>Source: Z. You, K. Yan, J. Ye, M. Ma, P. Wang, "Gate Decorator: Global Filter Pruning Method
 * for Accelerating Deep Convolutional Neural Networks", NeurIPS 2019, section 3.
 */
public enum GateGradient implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "gate-gradient";
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
    return Outputs.score(tensor, Statistic.BN_GATE, Math::abs);
  }
}
