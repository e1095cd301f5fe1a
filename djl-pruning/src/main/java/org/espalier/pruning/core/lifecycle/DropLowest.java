package org.espalier.pruning.core.lifecycle;

import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Scores;

/**
 * Of each tensor the units with the lowest scores by the group's criterion go: floor(f n) of the n
 * that may stay; of equal scores the higher index goes first.
 *
 * <p>Source: with magnitude, U. Evci et al., "Rigging the Lottery", ICML 2020, section 3; its code
 * ({@code sparse_optimizers_base.py}) rounds down as well.
 *
 * @param fraction f
 */
public record DropLowest(Fraction fraction) implements Drop {

  @Override
  public String text() {
    return "criterion";
  }

  @Override
  public int staying(
      Decision decision, TensorInfo tensor, Scores living, int count, int most, double fraction) {
    return most - Fraction.count(fraction, most);
  }
}
