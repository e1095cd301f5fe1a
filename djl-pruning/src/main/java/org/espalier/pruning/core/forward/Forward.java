package org.espalier.pruning.core.forward;

import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.pattern.SparsityPattern;

/** What layers compute with, as a function of the stored weights. */
public interface Forward extends Component {

  /**
   * Returns whether stored weights keep their values where the mask has zeros, because only what
   * layers see is zero there. They become exactly 0 when the training ends.
   */
  boolean latent();

  /**
   * Returns whether the rule learns by itself which weights live. Masks are then read off what
   * layers see, whenever the schedule says so; no criterion decides.
   */
  default boolean learnsMasks() {
    return false;
  }

  /**
   * Refuses a pattern or a schedule that the rule cannot work with.
   *
   * @throws org.espalier.sparse.InvalidInputException naming the key
   */
  default void requireFits(SparsityPattern pattern, Schedule schedule) {}
}
