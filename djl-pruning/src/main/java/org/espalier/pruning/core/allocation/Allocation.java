package org.espalier.pruning.core.allocation;

import java.util.List;
import org.espalier.pruning.core.config.Component;

/** Spreads the sparsity of a group over its tensors. */
public interface Allocation extends Component {

  /**
   * Returns how many units each tensor keeps.
   *
   * @param sparsity of the whole group, in [0, 1)
   * @param tensors in name order
   * @return one count per tensor, each in [0, number of its units]
   */
  int[] keptCounts(double sparsity, List<UnitScores> tensors);
}
