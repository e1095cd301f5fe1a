package org.espalier.pruning.report;

import java.util.List;
import org.espalier.pruning.report.MachineReport.LayerLine;
import org.espalier.pruning.report.Plot.BarSeries;
import org.espalier.pruning.report.Plot.Entry;
import org.espalier.pruning.report.Plot.Style;

/** The section on other machines: what the same zeros would gain there, by hardware models. */
final class HtmlMachines {

  private static final String TABLE =
      """
      <div class="wide"><table>
      <thead>
      <tr><th>machine</th><th>dense, \u00b5s</th><th>sparse, \u00b5s</th><th>speed-up</th>\
      <th>energy, \u00b5J</th><th>layers that gain</th></tr>
      </thead>
      <tbody>
      %s</tbody>
      </table></div>
      """;

  private static final String VERDICTS =
      """
      <details>
      <summary>%s: %s</summary>
      <div class="wide"><table>
      <thead><tr><th>weights</th><th>dense, \u00b5s</th><th>sparse, \u00b5s</th>\
      <th>speed-up</th><th>verdict</th></tr></thead>
      <tbody>
      %s</tbody>
      </table></div>
      </details>
      """;

  private static final String INTRODUCTION =
      """
      <section>
      <h2>Other machines</h2>
      <p>What these very zeros would gain elsewhere, for %s: predictions of hardware models from \
      the masks and from inputs of this network, each against the same machine without zeros. How \
      far the models err is documented in docs/validation.md.</p>
      """;

  private static final int LONGEST_NAME = 18;

  private HtmlMachines() {}

  /** Returns nothing where no machine was modelled. */
  static String of(MachineReports machines, HtmlPlots plots) {
    if (machines.reports().isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    StringBuilder verdicts = new StringBuilder();
    for (MachineReport machine : machines.reports()) {
      rows.append(row(machine));
      verdicts.append(verdicts(machine));
    }
    return INTRODUCTION.formatted(Html.escape(machines.input()))
        + TABLE.formatted(rows)
        + plots.figure(plot(machines.reports()), "Speed-up of all layers on each machine.")
        + verdicts
        + "</section>\n";
  }

  private static String row(MachineReport machine) {
    return Html.row(
        machine.machine(),
        Figures.three(machine.denseTimeUs()),
        Figures.three(machine.timeUs()),
        Figures.three(machine.speedup()) + "\u00d7",
        machine.energyUj() == null ? Figures.NONE : Figures.three(machine.energyUj()),
        Figures.count(machine.gains()) + " of " + Figures.count(machine.layers().size()));
  }

  private static String verdicts(MachineReport machine) {
    StringBuilder rows = new StringBuilder();
    for (LayerLine layer : machine.layers()) {
      rows.append("<tr>")
          .append(Html.cell("name", layer.layer()))
          .append(Html.cell("figure", Figures.three(layer.denseTimeUs())))
          .append(Html.cell("figure", Figures.three(layer.timeUs())))
          .append(Html.cell("figure", Figures.three(layer.speedup()) + "\u00d7"))
          .append(Html.cell("name", layer.verdict()))
          .append("</tr>\n");
    }
    return VERDICTS.formatted(Html.escape(machine.machine()), Html.escape(machine.summary()), rows);
  }

  private static Plot.Bars plot(List<MachineReport> machines) {
    return new Plot.Bars(
        "",
        "speed-up",
        null,
        ShortNames.of(machines.stream().map(MachineReport::machine).toList(), LONGEST_NAME),
        List.of(
            new BarSeries(
                new Entry("speed-up", Ink.SPARSE_MODEL, Style.BARS),
                machines.stream().map(MachineReport::speedup).toList())));
  }
}
