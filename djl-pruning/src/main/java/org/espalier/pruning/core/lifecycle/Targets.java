package org.espalier.pruning.core.lifecycle;

import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.InvalidInputException;

/** What lifecycles that are asked for a sparsity refuse. */
final class Targets {

  private Targets() {}

  /**
   * Refuses a schedule that asks for nothing.
   *
   * @throws InvalidInputException naming the schedule's type
   */
  static void require(Lifecycle lifecycle, Schedule schedule) {
    if (!schedule.hasTarget()) {
      throw new InvalidInputException(
          "schedule.type",
          "a schedule with a target, as the lifecycle '%s' wants one".formatted(lifecycle.type()),
          "'" + schedule.type() + "'",
          "choose for example constant or cubic, or the lifecycle follow, lock or hysteresis");
    }
  }
}
