package org.espalier.examples.simulate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.examples.output.TextTable;

/** The tables that a simulation prints. */
final class SimulationTable {

  private SimulationTable() {}

  /** Returns one line per row, and one per total. */
  static String figures(List<SimulationRow> rows, List<SimulationTotal> totals) {
    TextTable table =
        new TextTable(
            "machine",
            "layer",
            "m x k x n",
            "weights",
            "inputs",
            "cycles",
            "us",
            "at best us",
            "dense us",
            "speed-up",
            "balance",
            "energy uJ");
    for (SimulationRow row : rows) {
      table.row(
          machine(row.accelerator(), row.setting()),
          row.layer(),
          row.m() + "x" + row.k() + "x" + row.n(),
          String.format(Locale.ROOT, "%.3f", row.weightDensity()),
          String.format(Locale.ROOT, "%.3f", row.activationDensity()),
          row.cycles() == null ? "-" : TextTable.count(Math.round(row.cycles())),
          three(row.timeUs()),
          three(row.theoreticalTimeUs()),
          three(row.denseTimeUs()),
          String.format(Locale.ROOT, "%.2fx", row.speedupVsDense()),
          String.format(Locale.ROOT, "%.3f", row.loadBalance()),
          row.energyUj() == null ? "-" : three(row.energyUj()));
    }
    table.rule();
    for (SimulationTotal total : totals) {
      table.row(
          machine(total.accelerator(), total.setting()),
          "all layers",
          "",
          "",
          "",
          "",
          three(total.timeUs()),
          "",
          three(total.denseTimeUs()),
          String.format(Locale.ROOT, "%.2fx", total.speedupVsDense()),
          "",
          total.energyUj() == null ? "-" : three(total.energyUj()));
    }
    return table.text();
  }

  /** Returns the verdicts, layers of the same verdict on one line. */
  static String verdicts(List<SimulationRow> rows) {
    Map<String, StringBuilder> layers = new LinkedHashMap<>();
    for (SimulationRow row : rows) {
      StringBuilder names =
          layers.computeIfAbsent(
              machine(row.accelerator(), row.setting()) + "\n" + row.verdict(),
              none -> new StringBuilder());
      names.append(names.isEmpty() ? "" : ", ").append(row.layer());
    }
    StringBuilder text = new StringBuilder();
    layers.forEach(
        (key, names) -> {
          String[] parts = key.split("\n", 2);
          text.append("%s, %s: %s%n".formatted(parts[0], names, parts[1]));
        });
    return text.toString();
  }

  private static String machine(String accelerator, String setting) {
    return setting == null ? accelerator : accelerator + " " + setting;
  }

  /** Three digits that count, or all before the point. */
  static String three(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
