package org.espalier.pruning.core.allocation;

import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Scores;

/**
 * The units of one tensor that compete.
 *
 * @param tensor name, shape and cost of its weights
 * @param scores one per unit, not NaN; negative infinity for units that must not be chosen
 * @param unitSize weights in a unit, at least 1
 * @param divisor what scores are divided by to compete with units of other sizes, above 0
 */
public record UnitScores(TensorInfo tensor, Scores scores, int unitSize, double divisor) {

  /** Refuses units without weights. */
  public UnitScores {
    if (unitSize < 1) {
      throw new IllegalArgumentException(
          tensor.name() + ": unitSize must be at least 1: " + unitSize);
    }
  }

  /** Units whose scores are sums: they compete with units of other sizes by their means. */
  public UnitScores(TensorInfo tensor, Scores scores, int unitSize) {
    this(tensor, scores, unitSize, unitSize);
  }

  /** Returns the number of units. */
  public int units() {
    return scores.size();
  }

  /** Returns the number of units that may be chosen: those above negative infinity. */
  public int living() {
    int living = 0;
    for (int i = 0; i < scores.size(); i++) {
      if (scores.at(i) > Double.NEGATIVE_INFINITY) {
        living++;
      }
    }
    return living;
  }

  /** Returns the number of weights. */
  public long weights() {
    return (long) scores.size() * unitSize;
  }
}
