package org.espalier.pruning.report;

import java.util.List;

/** The section on layers: where nothing was gained, the table, and its two plots. */
final class HtmlLayers {

  private static final String TABLE =
      """
      <div class="wide"><table class="layers">
      <thead>
      <tr><th colspan="3"></th><th colspan="2" class="group">size</th>\
      <th colspan="3" class="group">measured</th><th colspan="3" class="group">modelled</th></tr>
      <tr><th>weights</th><th>non-zeros</th><th>sparsity</th><th>dense</th><th>CSR</th>\
      <th>dense, \u00b5s</th><th>sparse, \u00b5s</th><th>speed-up</th>\
      <th>dense, \u00b5s</th><th>sparse, \u00b5s</th><th>speed-up</th></tr>
      </thead>
      %s<tfoot>
      <tr class="layer"><th colspan="11">all layers</th></tr>
      %s</tfoot>
      </table></div>
      """;

  /** A layer, its verdict and its figures are one body, so that paper does not part them. */
  private static final String LAYER =
      """
      <tbody>
      <tr class="layer"><th colspan="11" scope="rowgroup">%s <span class="shape">%s</span> \
      <span class="badge %s">%s</span> <span class="reason">%s</span></th></tr>
      %s</tbody>
      """;

  private static final String TIMES =
      "Time of each layer with dense and with sparse weights: measured here, and as the hardware"
          + " model predicts.";

  /** Layers that a sentence can name before it is no sentence. */
  private static final int MOST_NAMED = 6;

  private HtmlLayers() {}

  static String of(Outcome outcome, HtmlPlots plots) {
    StringBuilder bodies = new StringBuilder();
    for (LayerReport layer : outcome.layers()) {
      bodies.append(
          LAYER.formatted(
              Html.escape(layer.name()),
              layer.shapeText("\u00d7"),
              layer.verdict().gain() ? "yes" : "no",
              layer.verdict().text(),
              Html.escape(reason(layer)),
              row(layer)));
    }
    return "<section>\n<h2>Layers</h2>\n"
        + summary(outcome.layers())
        + TABLE.formatted(bodies, totals(outcome))
        + plots.figure(Plots.sparsityPerLayer(outcome), "Sparsity of each layer.")
        + plots.figure(Plots.times(outcome), TIMES)
        + "</section>\n";
  }

  private static String summary(List<LayerReport> layers) {
    List<String> losers =
        layers.stream()
            .filter(layer -> !layer.verdict().gain())
            .map(layer -> "<strong>" + Html.escape(layer.name()) + "</strong>")
            .toList();
    if (losers.isEmpty()) {
      return "<p>Sparsity pays in every layer.</p>\n";
    }
    String which =
        losers.size() > MOST_NAMED ? "the table says which and why" : String.join(", ", losers);
    return "<p class=\"callout\">No gain in %s of %s layers: %s.</p>\n"
        .formatted(Figures.count(losers.size()), Figures.count(layers.size()), which);
  }

  private static String reason(LayerReport layer) {
    if (!layer.contradicted()) {
      return layer.verdict().reason();
    }
    return "%s (but the measurement says %s)"
        .formatted(layer.verdict().reason(), speedup(layer.measured()));
  }

  private static String row(LayerReport layer) {
    return Html.figures(
        Figures.count(layer.elements()),
        Figures.count(layer.nonzeros()),
        Figures.percent(layer.sparsity()),
        Figures.bytes(layer.denseBytes()),
        Figures.bytes(layer.csrBytes()),
        denseTime(layer.measured()),
        sparseTime(layer.measured()),
        speedup(layer.measured()),
        denseTime(layer.modelled()),
        sparseTime(layer.modelled()),
        speedup(layer.modelled()));
  }

  private static String totals(Outcome outcome) {
    Timing total = outcome.measured() == null ? null : outcome.measured().timing();
    return Html.figures(
        Figures.count(outcome.elements()),
        Figures.count(outcome.nonzeros()),
        Figures.percent(outcome.sparsity()),
        Figures.bytes(outcome.denseBytes()),
        Figures.bytes(outcome.csrBytes()),
        denseTime(total),
        sparseTime(total),
        speedup(total),
        "",
        "",
        "");
  }

  private static String denseTime(Timing timing) {
    return timing == null ? Figures.NONE : Figures.three(timing.denseTimeUs());
  }

  private static String sparseTime(Timing timing) {
    return timing == null ? Figures.NONE : Figures.three(timing.sparseTimeUs());
  }

  private static String speedup(Timing timing) {
    return timing == null ? Figures.NONE : Figures.three(timing.speedup()) + "\u00d7";
  }
}
