package org.espalier.examples.extension;

import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.sparse.mask.Scores;

/**
 * A weight is measured against those that share its output or its input: score = |w_ij| / sum over
 * row i of |w| + |w_ij| / sum over column j of |w|, on the matrix view (rows = axis 0). A row or a
 * column of zeros adds 0.
 *
 * <p>Source: Y. Zhang et al., "Plug-and-Play: An Efficient Post-training Pruning Method for Large
 * Language Models", ICLR 2024, equation 3 (relative importance, without the activations).
 */
public enum RelativeImportance implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "relative-importance";
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    int columns = values.size() == 0 ? 1 : values.size() / tensor.shape()[0];
    double[] rowSums = new double[values.size() / columns];
    double[] columnSums = new double[columns];
    for (int i = 0; i < values.size(); i++) {
      rowSums[i / columns] += Math.abs(values.at(i));
      columnSums[i % columns] += Math.abs(values.at(i));
    }
    double[] scores = new double[values.size()];
    for (int i = 0; i < scores.length; i++) {
      double magnitude = Math.abs(values.at(i));
      // The sums are zero only where the magnitude is.
      scores[i] =
          magnitude == 0
              ? 0
              : magnitude / rowSums[i / columns] + magnitude / columnSums[i % columns];
    }
    return Scores.of(scores);
  }
}
