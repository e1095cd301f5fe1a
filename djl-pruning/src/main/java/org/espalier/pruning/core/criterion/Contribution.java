package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps weights whose contribution to their neuron varies over the data: score = Var(w_ij a_j) =
 * (w_ij w_ij) v_j, where v_j is the variance of input feature j over all examples and positions
 * ({@link Statistic#INPUT_VARIANCE}). What hardly varies could be moved into the bias.
 *
 * <p>Source: G. Thimm, E. Fiesler, "Evaluating pruning methods", Proc. Int. Symposium on Artificial
 * Neural Networks 1995: pruning by the variance of the contribution. Moving the mean contribution
 * into the bias, as the paper goes on, is a compensation, not part of the score. In a convolution
 * every tap of [o, j, :, :] takes the variance of input channel j.
 */
public enum Contribution implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "contribution-variance";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.INPUT_VARIANCE);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers variance = tensor.numbers(Statistic.INPUT_VARIANCE);
    return EachWeight.score(
        tensor, (at, output, input) -> values.at(at) * values.at(at) * variance.at(input));
  }
}
