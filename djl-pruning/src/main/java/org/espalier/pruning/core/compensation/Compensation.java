package org.espalier.pruning.core.compensation;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.mask.Mask;

/** How the surviving weights of a tensor make up for those that die at a decision. */
public interface Compensation extends Component {

  /** Returns what this compensation needs besides the values; only that is collected. */
  default Set<Statistic> needs() {
    return Set.of();
  }

  /** Returns whether weights change at all besides being zeroed. */
  default boolean changesWeights() {
    return true;
  }

  /**
   * Returns the new values of a tensor in a new array; pruned ones are zeroed in any case.
   *
   * @param tensor values before the decision, and what {@link #needs()} asks for
   * @param mask after the decision
   */
  float[] compensated(WeightTensor tensor, Mask mask);
}
