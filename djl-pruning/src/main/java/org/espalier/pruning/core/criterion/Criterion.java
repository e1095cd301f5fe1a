package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.Component;

/** A score per weight: the higher, the more it matters. */
public interface Criterion extends Component {

  /** What a criterion can ask for besides the values. */
  enum Need {
    /** Gradients of the loss, accumulated since the last optimizer step. */
    GRADIENTS
  }

  /** Returns what this criterion needs besides the values; only that is collected. */
  default Set<Need> needs() {
    return Set.of();
  }

  /**
   * Returns one score per weight, row-major, in a new array. Scores may be negative, not NaN.
   *
   * @param tensor values, all finite, and what {@link #needs()} asks for
   */
  float[] score(WeightTensor tensor);
}
