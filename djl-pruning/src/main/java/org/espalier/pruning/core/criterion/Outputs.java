package org.espalier.pruning.core.criterion;

import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/** Scores of output features (axis 0), which all weights into the feature share. */
final class Outputs {

  private Outputs() {}

  /**
   * Returns the score of every weight, row-major.
   *
   * @param perOutput as many as axis 0 has indices
   */
  static Scores spread(WeightTensor tensor, double[] perOutput) {
    return EachWeight.score(tensor, (at, output, input) -> perOutput[output]);
  }
}
