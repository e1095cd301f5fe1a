package org.espalier.pruning.core.criterion;

import java.util.function.DoubleUnaryOperator;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/** Scores of output features (axis 0), which all weights into the feature share. */
final class Outputs {

  private Outputs() {}

  /**
   * Returns the score of every weight, row-major.
   *
   * @param statistic one number per output
   * @param score of an output, in double precision, from its number
   */
  static Scores score(WeightTensor tensor, Statistic statistic, DoubleUnaryOperator score) {
    Numbers numbers = tensor.numbers(statistic);
    double[] scores = numbers.map(output -> score.applyAsDouble(numbers.at(output)));
    return EachWeight.score(tensor, (at, output, input) -> scores[output]);
  }
}
