package org.espalier.pruning.core.allocation;

import java.util.List;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.schedule.Demand;

/** Spreads what a schedule asks of a group over the group's tensors. */
public interface Allocation extends Component {

  /**
   * Returns the sparsity of each tensor. Where an exact count is meant, kept of n units, it is 1 -
   * kept / n: the pattern's rounding gives the count back.
   *
   * @param demand what the schedule asks for
   * @param tensors in name order
   * @return one sparsity per tensor, each in [0, 1]
   */
  double[] sparsities(Demand demand, List<UnitScores> tensors);

  /**
   * Refuses tensors that this allocation cannot bring to what the schedule leads to, before
   * training.
   *
   * @param utmost {@link org.espalier.pruning.core.schedule.Schedule#utmost}
   * @param tensors of the group, in name order
   * @throws org.espalier.sparse.InvalidInputException naming the tensor or the parameter
   */
  default void requireFits(Demand utmost, List<TensorInfo> tensors) {}

  /**
   * Returns whether this allocation prescribes how dense a tensor is by more than its scores. Such
   * an allocation is refused for a pattern that leaves no choice, as 2:4 does.
   */
  default boolean prescribesDensities() {
    return true;
  }
}
