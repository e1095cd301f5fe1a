package org.espalier.pruning.core.criterion;

import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps large weights: score = |w|.
 *
 * <p>Source: S. Han, J. Pool, J. Tran, W. Dally, "Learning both Weights and Connections for
 * Efficient Neural Networks", NIPS 2015, section 3; the idea is older (Janowsky 1989).
 */
public enum Magnitude implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "magnitude";
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers weights = tensor.weights();
    if (!weights.areFloats()) {
      return Scores.of(weights.map(i -> Math.abs(weights.at(i))));
    }
    // Exact in single precision, which is half the memory.
    float[] values = weights.toFloats();
    float[] scores = new float[values.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.abs(values[i]);
    }
    return Scores.of(scores);
  }
}
