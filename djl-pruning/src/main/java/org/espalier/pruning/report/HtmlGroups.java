package org.espalier.pruning.report;

import java.util.List;
import org.espalier.pruning.report.GroupGraph.Group;
import org.espalier.pruning.report.GroupGraph.LayerNode;
import org.espalier.pruning.report.Plot.BarSeries;
import org.espalier.pruning.report.Plot.Entry;
import org.espalier.pruning.report.Plot.Style;

/** The section on groups of channels: the drawing, and a table. */
final class HtmlGroups {

  private static final String SECTION =
      """
      <section>
      <h2>Groups of channels</h2>
      <p>Each line is a group: channels of layers with a full stop go together, and layers with a \
      ring lose the inputs that read them. Grey lines stay as they are. Bars show the outputs that \
      are left.</p>
      <figure>%s</figure>
      %s<div class="wide"><table>
      <thead><tr><th>group</th><th>channels</th><th>left</th><th>layers</th>\
      <th>why they stay</th></tr></thead>
      <tbody>
      %s</tbody>
      </table></div>
      </section>
      """;

  private static final int LONGEST_NAME = 18;

  private HtmlGroups() {}

  /** Returns the section without a plot. */
  static String of(GroupGraph graph) {
    return section(graph, "");
  }

  /** Returns the section with a plot of the outputs that are left of each layer. */
  static String of(GroupGraph graph, HtmlPlots plots) {
    return section(
        graph, plots.figure(channels(graph.layers()), "Outputs of each layer, before and after."));
  }

  private static String section(GroupGraph graph, String plot) {
    StringBuilder rows = new StringBuilder();
    for (Group group : graph.groups()) {
      rows.append(
          Html.row(
              graph.nameOf(group),
              Figures.count(group.channels()),
              Figures.count(group.kept()),
              Figures.count(group.writers().size() + group.readers().size()),
              group.reason()));
    }
    return SECTION.formatted(GroupDrawing.svg(graph), plot, rows);
  }

  private static Plot.Bars channels(List<LayerNode> layers) {
    return new Plot.Bars(
        "",
        "outputs",
        null,
        ShortNames.of(layers.stream().map(LayerNode::name).toList(), LONGEST_NAME),
        List.of(
            new BarSeries(
                new Entry("before", Ink.DENSE, Style.BARS),
                layers.stream().map(layer -> (double) layer.channels()).toList()),
            new BarSeries(
                new Entry("after", Ink.SPARSE, Style.BARS),
                layers.stream().map(layer -> (double) layer.kept()).toList())));
  }
}
