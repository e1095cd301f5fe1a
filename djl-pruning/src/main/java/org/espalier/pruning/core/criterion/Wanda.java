package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps weights that are large on inputs that are large: score = |w_ij| ||X_j||_2, with the L2 norm
 * of input feature j over all examples and positions ({@link Statistic#INPUT_NORM}).
 *
 * <p>Source: M. Sun, Z. Liu, A. Bair, J. Z. Kolter, "A Simple and Effective Pruning Approach for
 * Large Language Models", ICLR 2024, equation 1. The paper compares weights within each output row:
 * here that is the pattern {@code balanced:1} (every row keeps the same number) or an {@code N:M}
 * pattern; with {@code unstructured} they compete over the whole tensor. In a convolution every tap
 * of [o, j, :, :] takes the norm of input channel j.
 */
public enum Wanda implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "wanda";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.INPUT_NORM);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers norms = tensor.numbers(Statistic.INPUT_NORM);
    return EachWeight.score(
        tensor, (at, output, input) -> Math.abs(values.at(at)) * norms.at(input));
  }
}
