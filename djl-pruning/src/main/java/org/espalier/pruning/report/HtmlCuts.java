package org.espalier.pruning.report;

import java.util.List;
import java.util.stream.Collectors;

/** The section on layers that have lost channels: their shapes, and what a model says of them. */
final class HtmlCuts {

  private static final String SECTION =
      """
      <section>
      <h2>Layers</h2>
      <p>Times are those that a model of this processor, calibrated in this run, predicts of the \
      dense products; what was measured is the network as a whole.</p>
      <div class="wide"><table>
      <thead>
      <tr><th colspan="4"></th><th colspan="3" class="group">modelled</th></tr>
      <tr><th class="name">weights</th><th>shape before</th><th>shape after</th><th>removed</th>\
      <th>before, \u00b5s</th><th>after, \u00b5s</th><th>speed-up</th></tr>
      </thead>
      <tbody>
      %s</tbody>
      </table></div>
      </section>
      """;

  private HtmlCuts() {}

  static String of(List<CutLayer> layers) {
    return SECTION.formatted(layers.stream().map(HtmlCuts::row).collect(Collectors.joining()));
  }

  private static String row(CutLayer layer) {
    return Html.row(
        layer.name(),
        text(layer.shapeBefore()),
        text(layer.shapeAfter()),
        Figures.percent(layer.elements().removed()),
        Figures.three(layer.modelled().denseTimeUs()),
        Figures.three(layer.modelled().sparseTimeUs()),
        Figures.three(layer.modelled().speedup()) + "\u00d7");
  }

  private static String text(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("\u00d7"));
  }
}
