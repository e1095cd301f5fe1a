package org.espalier.pruning.core.criterion;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.Component;
import org.espalier.sparse.mask.Scores;

/** A score per weight: the higher, the more it matters. */
public interface Criterion extends Component {

  /** Returns what this criterion needs besides the values; only that is collected. */
  default Set<Statistic> needs() {
    return Set.of();
  }

  /**
   * Returns whether this scores output features: all weights of one index on axis 0 have the same
   * score, and one of them stands for all.
   */
  default boolean perFeature() {
    return false;
  }

  /**
   * Returns one score per weight, row-major, in a new array. Scores may be negative, not NaN.
   * Arithmetic is in double precision: rounding must not make ties.
   *
   * @param tensor values, all finite, and what {@link #needs()} asks for
   */
  Scores score(WeightTensor tensor);
}
