package org.espalier.pruning.djl.evidence;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;

/** Checks of what a collector is asked for. */
public final class Requests {

  private Requests() {}

  /** Refuses statistics that a collector does not provide, and a probe without batches. */
  public static void check(Collector collector, Probe probe, Set<Statistic> wanted) {
    checkProvided(collector, wanted);
    checkBatches(probe, wanted);
  }

  /** Refuses a probe without batches. */
  public static void checkBatches(Probe probe, Set<Statistic> wanted) {
    if (probe.batches().isEmpty()) {
      throw new InvalidInputException(
          "batches",
          "at least one to measure " + wanted,
          "none",
          "give the session training batches before it decides");
    }
  }

  /** Refuses statistics that a collector does not provide. */
  public static void checkProvided(Collector collector, Set<Statistic> wanted) {
    if (!collector.provides().containsAll(wanted)) {
      throw new IllegalArgumentException(
          collector.getClass().getSimpleName() + " does not measure all of " + wanted);
    }
  }

  /** Refuses a path that is no parameter of the network. */
  public static void checkKnown(Map<String, ?> parameters, Set<String> paths) {
    Set<String> unknown = new TreeSet<>(paths);
    unknown.removeAll(parameters.keySet());
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(
          unknown.iterator().next(),
          "a parameter of the network",
          "none of that path",
          "name one of " + new TreeSet<>(parameters.keySet()));
    }
  }
}
