package org.espalier.pruning.djl.evidence;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;

/** Several statistics at once, each by the collector that can measure it. */
public final class Measurement {

  private Measurement() {}

  /**
   * Measures.
   *
   * @param collectors a statistic is measured by the first that provides it
   * @param probe the network and the batches
   * @param wanted statistics
   * @param paths parameters to measure them for
   * @return by parameter path and statistic
   * @throws InvalidInputException if nobody measures one of them, or a parameter cannot have it
   */
  public static Map<String, Map<Statistic, float[]>> of(
      List<Collector> collectors, Probe probe, Set<Statistic> wanted, Set<String> paths) {
    Map<Collector, Set<Statistic>> work = new LinkedHashMap<>();
    for (Statistic statistic : wanted) {
      work.computeIfAbsent(
              collector(collectors, statistic), collector -> EnumSet.noneOf(Statistic.class))
          .add(statistic);
    }
    Map<String, Map<Statistic, float[]>> all = new TreeMap<>();
    work.forEach(
        (collector, own) ->
            collector
                .collect(probe, own, paths)
                .forEach(
                    (path, found) ->
                        all.computeIfAbsent(path, p -> new HashMap<>()).putAll(found)));
    return all;
  }

  private static Collector collector(List<Collector> collectors, Statistic statistic) {
    return collectors.stream()
        .filter(collector -> collector.provides().contains(statistic))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    statistic.key(),
                    "a statistic that can be measured on a network that stands still",
                    "one that cannot",
                    "choose another criterion"));
  }
}
