package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Connection sensitivity: score = |g w|, g = {@link Statistic#GRADIENT}: the gradients of all
 * batches are added before the absolute value is taken, so whether a batch's loss is a sum or a
 * mean does not matter. g w is the derivative of the loss with respect to a gate c = 1 that
 * multiplies the weight. The paper divides by the sum of all scores of the network; that changes no
 * ranking and is left out. Entries of a convolution are weights like all others. The product is
 * taken in double precision, where it is exact.
 *
 * <p>With {@code rounds} in the group each round scores the network under the masks of the round
 * before: iterative SNIP, or with the lifecycle {@code reselect}, in which dead weights compete by
 * their stored value, FORCE. One round is SNIP.
 *
 * <p>Source: N. Lee, T. Ajanthan, P. Torr, "SNIP: Single-shot Network Pruning based on Connection
 * Sensitivity", ICLR 2019, section 4.1; rounds: P. de Jorge et al., "Progressive Skeletonization:
 * Trimming more fat from a network at initialization", ICLR 2021, section 4; S. Verdenius, M. Stol,
 * P. Forré, "Pruning via Iterative Ranking of Sensitivity Statistics", 2020.
 */
public enum Snip implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "snip";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.GRADIENT);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers gradients = tensor.numbers(Statistic.GRADIENT);
    double[] scores = new double[values.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.abs(gradients.at(i) * values.at(i));
    }
    return Scores.of(scores);
  }
}
