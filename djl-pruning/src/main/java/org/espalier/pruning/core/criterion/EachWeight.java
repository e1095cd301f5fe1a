package org.espalier.pruning.core.criterion;

import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Scores weight by weight, for formulas that look at the features which a weight joins: output =
 * its index on axis 0, input = its index on axis 1 (0 in a vector). All taps of a convolution's
 * kernel join the same two channels; with grouped convolutions the input is counted in its group.
 */
final class EachWeight {

  private EachWeight() {}

  /** The score of one weight. */
  @FunctionalInterface
  interface Formula {

    /**
     * @param at row-major index of the weight
     * @param output index on axis 0
     * @param input index on axis 1
     */
    double score(int at, int output, int input);
  }

  /** Returns the scores of all weights of a tensor, row-major. */
  static Scores score(WeightTensor tensor, Formula formula) {
    int[] shape = tensor.shape();
    double[] scores = new double[tensor.weights().size()];
    int outputs = shape.length > 0 ? shape[0] : 1;
    int inputs = shape.length > 1 ? shape[1] : 1;
    int taps = scores.length / (outputs * inputs);
    int at = 0;
    for (int output = 0; output < outputs; output++) {
      for (int input = 0; input < inputs; input++) {
        for (int tap = 0; tap < taps; tap++, at++) {
          scores[at] = formula.score(at, output, input);
        }
      }
    }
    return Scores.of(scores);
  }
}
