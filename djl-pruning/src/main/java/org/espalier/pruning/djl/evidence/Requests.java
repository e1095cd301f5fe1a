package org.espalier.pruning.djl.evidence;

import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;

/** Checks of what a collector is asked for. */
final class Requests {

  private Requests() {}

  /** Refuses statistics that a collector does not provide, and a probe without batches. */
  static void check(Collector collector, Probe probe, Set<Statistic> wanted) {
    checkProvided(collector, wanted);
    if (probe.batches().isEmpty()) {
      throw new InvalidInputException(
          "batches",
          "at least one to measure " + wanted,
          "none",
          "give the session training batches before it decides");
    }
  }

  /** Refuses statistics that a collector does not provide. */
  static void checkProvided(Collector collector, Set<Statistic> wanted) {
    if (!collector.provides().containsAll(wanted)) {
      throw new IllegalArgumentException(
          collector.getClass().getSimpleName() + " does not measure all of " + wanted);
    }
  }
}
