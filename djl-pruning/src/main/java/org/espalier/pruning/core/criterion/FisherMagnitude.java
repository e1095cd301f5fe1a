package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps weights that are large where the loss is steep: score = (w w) v, where v is the mean over
 * examples of the squared gradient of each example's loss ({@link Statistic#GRADIENT_SQUARE}), the
 * diagonal of the empirical Fisher matrix. It ranks as OBD does with the curvature {@code fisher},
 * which has a factor 1/2.
 *
 * <p>Source: J. H. Lee et al., "JaxPruner: A Concise Library for Sparsity Research", 2023, whose
 * example of an extension takes Adam's second moment for v: the same mean, over steps instead of
 * examples. Entries are independent of shape: convolutions need no care.
 */
public enum FisherMagnitude implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "fisher";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.GRADIENT_SQUARE);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers squares = tensor.numbers(Statistic.GRADIENT_SQUARE);
    return EachWeight.score(
        tensor, (at, output, input) -> values.at(at) * values.at(at) * squares.at(at));
  }
}
