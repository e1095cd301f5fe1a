package org.espalier.examples.simulate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All layers on one machine, one after the other.
 *
 * @param accelerator name of the machine
 * @param setting of a sweep; null without one
 * @param timeUs sum over the layers
 * @param denseTimeUs sum over the layers without zeros
 * @param speedupVsDense their ratio
 * @param energyUj sum, or null where a layer has none
 */
public record SimulationTotal(
    String accelerator,
    @JsonInclude(JsonInclude.Include.NON_NULL) String setting,
    double timeUs,
    double denseTimeUs,
    double speedupVsDense,
    Double energyUj) {

  /** Returns one total per machine and setting, in the order of the rows. */
  static List<SimulationTotal> all(List<SimulationRow> rows) {
    Map<List<String>, List<SimulationRow>> groups = new LinkedHashMap<>();
    for (SimulationRow row : rows) {
      List<String> key = List.of(row.accelerator(), row.setting() == null ? "" : row.setting());
      groups.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
    }
    return groups.values().stream().map(SimulationTotal::of).toList();
  }

  private static SimulationTotal of(List<SimulationRow> rows) {
    double time = rows.stream().mapToDouble(SimulationRow::timeUs).sum();
    double dense = rows.stream().mapToDouble(SimulationRow::denseTimeUs).sum();
    boolean known = rows.stream().allMatch(row -> row.energyUj() != null);
    return new SimulationTotal(
        rows.get(0).accelerator(),
        rows.get(0).setting(),
        time,
        dense,
        dense / time,
        known ? rows.stream().mapToDouble(SimulationRow::energyUj).sum() : null);
  }
}
