package org.espalier.pruning.core.lifecycle;

import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.InvalidInputException;

/** A lifecycle that finds out by itself which weights live: nobody asks it for a sparsity. */
public interface Observing extends Lifecycle {

  /** Refuses a schedule that asks for a sparsity, which would be ignored. */
  @Override
  default void requireFits(Schedule schedule) {
    if (schedule.hasTarget()) {
      throw new InvalidInputException(
          "schedule.type",
          "observe, as the lifecycle '%s' takes no target".formatted(type()),
          "'" + schedule.type() + "'",
          "write schedule: {type: observe}, with begin, end, every as you like");
    }
  }
}
