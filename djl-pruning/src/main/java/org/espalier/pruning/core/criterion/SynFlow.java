package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Synaptic flow: score = |w| ∂R/∂|w|, R = 1ᵀ |W_L| ... |W_1| 1, from {@link
 * Statistic#FLOW_GRADIENT}; the product is taken in double precision, where it is exact. It is the
 * weight's share of the flow from all inputs to all outputs: what flows into a hidden unit flows
 * out of it. Needs no data. Entries of a convolution are weights like all others.
 *
 * <p>Flow must be measured anew as weights die, or whole layers die first: use {@code rounds: 100}
 * with the allocation {@code global}, as the paper does. A flow is a product over layers: deep
 * networks may leave the range of the float32 that statistics are held in.
 *
 * <p>Source: H. Tanaka, D. Kunin, D. Yamins, S. Ganguli, "Pruning neural networks without any data
 * by iteratively conserving synaptic flow", NeurIPS 2020, sections 4 to 6, algorithm 1.
 */
public enum SynFlow implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "synflow";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.FLOW_GRADIENT);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers flow = tensor.numbers(Statistic.FLOW_GRADIENT);
    double[] scores = new double[values.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.abs(values.at(i)) * flow.at(i);
    }
    return Scores.of(scores);
  }
}
