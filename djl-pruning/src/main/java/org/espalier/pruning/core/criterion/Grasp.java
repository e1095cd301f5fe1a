package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Gradient signal preservation: score = w (H g), from {@link Statistic#HESSIAN_GRADIENT}. The death
 * of a weight changes |g|² by 2 S to first order, S = -w (H g). The paper removes the weights with
 * the highest S, whose death lowers the gradient norm least, and keeps the lowest; the score is -S,
 * so that the highest are kept. It is signed: no absolute value. Entries of a convolution are
 * weights like all others; the product is taken in double precision, where it is exact. A positive
 * factor of the loss, or a mean over batches instead of the sum, changes no ranking.
 *
 * <p>The paper divides the logits by a temperature T = 200 before the loss; that belongs to the
 * loss that {@code H g} is collected with. It keeps every weight with S up to that of the last one
 * removed, so one more than it counts; here the count is exact.
 *
 * <p>Source: C. Wang, G. Zhang, R. Grosse, "Picking Winning Tickets Before Training by Preserving
 * Gradient Flow", ICLR 2020, section 4, and its code.
 */
public enum Grasp implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "grasp";
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.HESSIAN_GRADIENT);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers products = tensor.numbers(Statistic.HESSIAN_GRADIENT);
    double[] scores = new double[values.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = values.at(i) * products.at(i);
    }
    return Scores.of(scores);
  }
}
