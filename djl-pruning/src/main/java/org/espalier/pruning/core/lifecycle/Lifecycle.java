package org.espalier.pruning.core.lifecycle;

import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;

/** How masks follow each other: what may happen to a weight over time. */
public interface Lifecycle extends Component {

  /**
   * Returns the new mask of every tensor of the group, by name. A pure function of the decision,
   * and of what it {@linkplain Decision#remember remembers}.
   */
  Map<String, Mask> next(Decision decision);

  /** Returns the criteria that it ranks by besides the group's; what they need is collected. */
  default List<Criterion> criteria() {
    return List.of();
  }

  /**
   * Refuses a schedule that it cannot follow.
   *
   * @throws org.espalier.sparse.InvalidInputException naming the key of the schedule
   */
  default void requireFits(Schedule schedule) {}

  /**
   * Refuses a pattern whose units it cannot choose.
   *
   * @throws org.espalier.sparse.InvalidInputException naming the pattern
   */
  default void requireFits(SparsityPattern pattern) {}
}
