package org.espalier.pruning.report;

import org.espalier.pruning.core.Quality;
import org.espalier.pruning.core.Recovery;

/** Accuracy before and after each pruning and after the recovery: a plot and the figures. */
final class HtmlLedger {

  private static final String TABLE =
      """
      <details>
      <summary>All %s prunings and recoveries in figures</summary>
      <div class="wide"><table>
      <thead>
      <tr><th></th><th class="group" colspan="2">sparsity</th>\
      <th class="group" colspan="4">accuracy</th><th class="group" colspan="3">loss</th></tr>
      <tr><th>step</th><th>before</th><th>after</th><th>before</th><th>after pruning</th>\
      <th>recovered</th><th>net, points</th><th>before</th><th>after pruning</th>\
      <th>recovered</th></tr>
      </thead>
      <tbody>
      %s</tbody>
      </table></div>
      </details>
      """;

  private static final String CAPTION =
      "Accuracy before and after each pruning, and after recovery, on %s. \"Pruning\" is what the new"
          + " masks alone do, \"recovery\" what training makes of it until the masks change again or"
          + " training ends. The axis starts at %.0f %%.";

  private HtmlLedger() {}

  /** Returns nothing where no ledger was kept. */
  static String of(Ledger ledger, HtmlPlots plots) {
    Plot.Lines plot = LedgerPlot.of(ledger);
    if (plot == null) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    ledger.entries().forEach(entry -> rows.append(row(entry)));
    return plots.figure(plot, Figures.format(CAPTION, ledger.measuredOn(), plot.yMin()))
        + TABLE.formatted(Figures.count(ledger.entries().size()), rows);
  }

  private static String row(Recovery entry) {
    Quality before = entry.before();
    Quality after = entry.after();
    Quality recovered = entry.recovered();
    boolean known = recovered != null;
    return Html.figures(
        Figures.count(entry.step()),
        Figures.percent(entry.sparsityBefore()),
        Figures.percent(entry.sparsityAfter()),
        Figures.percent(before.accuracy()),
        Figures.percent(after.accuracy()),
        known ? Figures.percent(recovered.accuracy()) : Figures.NONE,
        known ? Figures.points(recovered.accuracy() - before.accuracy()) : Figures.NONE,
        loss(before),
        loss(after),
        loss(recovered));
  }

  private static String loss(Quality quality) {
    return quality == null || quality.loss() == null
        ? Figures.NONE
        : Figures.format("%.4f", quality.loss());
  }
}
