package org.espalier.pruning.report;

import org.espalier.pruning.report.History.EpochPoint;
import org.espalier.pruning.report.History.Pruning;

/** The section on training: accuracy above sparsity over the same steps, and the figures. */
final class HtmlHistory {

  private static final String EPOCHS =
      """
      <details>
      <summary>All %s epochs in figures</summary>
      <div class="wide"><table>
      <thead><tr><th class="name">phase</th><th>epoch</th><th>step</th><th>training loss</th>\
      <th>training accuracy</th><th>validation accuracy</th><th>sparsity</th></tr></thead>
      <tbody>
      %s</tbody>
      </table></div>
      </details>
      """;

  private static final String PRUNINGS =
      """
      <details>
      <summary>All %s %s</summary>
      <ul class="events">
      %s</ul>
      </details>
      """;

  private HtmlHistory() {}

  /**
   * @param words for what was pruned
   */
  static String of(History history, PruningWords words, HtmlPlots plots) {
    Plot.Lines accuracy = Plots.accuracy(history);
    Plot.Lines sparsity = Plots.sparsity(history, words.event());
    String ledger = HtmlLedger.of(history.ledger(), plots);
    if (accuracy == null && sparsity == null && ledger.isEmpty()) {
      return "";
    }
    StringBuilder section = new StringBuilder("<section>\n<h2>Training</h2>\n");
    if (accuracy != null) {
      String caption = "Accuracy at the end of each epoch; the axis starts at %.0f %%.";
      section.append(plots.figure(accuracy, Figures.format(caption, accuracy.yMin())));
    }
    section.append(plots.figure(sparsity, words.sparsityCaption()));
    section.append(ledger);
    appendEpochs(section, history);
    appendPrunings(section, history, words);
    return section.append("</section>\n").toString();
  }

  private static void appendEpochs(StringBuilder section, History history) {
    StringBuilder rows = new StringBuilder();
    for (EpochPoint epoch : history.epochs()) {
      Double loss = epoch.trainLoss();
      rows.append(
          Html.row(
              epoch.phase(),
              Figures.count(epoch.epoch()),
              Figures.count(epoch.step()),
              loss == null ? Figures.NONE : Figures.format("%.4f", loss),
              Figures.percentOrNone(epoch.trainAccuracy()),
              Figures.percentOrNone(epoch.validationAccuracy()),
              Figures.percent(epoch.sparsity())));
    }
    if (!rows.isEmpty()) {
      section.append(EPOCHS.formatted(Figures.count(history.epochs().size()), rows));
    }
  }

  private static void appendPrunings(StringBuilder section, History history, PruningWords words) {
    StringBuilder items = new StringBuilder();
    for (Pruning pruning : history.prunings()) {
      String item =
          "pruned at step %s from %s to %s"
              .formatted(
                  Figures.count(pruning.step()),
                  Figures.percent(pruning.sparsityBefore()),
                  Figures.percent(pruning.sparsityAfter()));
      items.append("<li>").append(Html.escape(item)).append("</li>\n");
    }
    if (!items.isEmpty()) {
      section.append(
          PRUNINGS.formatted(Figures.count(history.prunings().size()), words.events(), items));
    }
  }
}
