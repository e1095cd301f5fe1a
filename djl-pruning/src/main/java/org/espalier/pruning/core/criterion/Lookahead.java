package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps weights that matter together with their neighbour layers: score = (|w_ij| p_j) n_i, where
 * p_j is the L2 norm of the previous layer's weights into input j ({@link Statistic#PREVIOUS_NORM})
 * and n_i that of the next layer's weights that read output i ({@link Statistic#NEXT_NORM}). For
 * the first layer p = 1, for the last n = 1.
 *
 * <p>Source: S. Park, J. Lee, S. Mo, J. Shin, "Lookahead: A Far-sighted Alternative of
 * Magnitude-based Pruning", ICLR 2020, section 2: L_i(w) = |w| ||W_{i-1}[j, :]||_F ||W_{i+1}[:,
 * k]||_F, without the batch norm factors of its section on LAP with batch norm. The norms are those
 * of the weights as the masks left them. In a convolution i and j are channels, and every tap of
 * [i, j, :, :] takes the same two norms.
 */
public enum Lookahead implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "lookahead";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.PREVIOUS_NORM, Statistic.NEXT_NORM);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers previous = tensor.numbers(Statistic.PREVIOUS_NORM);
    Numbers next = tensor.numbers(Statistic.NEXT_NORM);
    return EachWeight.score(
        tensor, (at, out, in) -> Math.abs(values.at(at)) * previous.at(in) * next.at(out));
  }
}
