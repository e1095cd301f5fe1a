package org.espalier.pruning.report;

import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.report.GroupGraph.Group;
import org.espalier.pruning.report.GroupGraph.LayerNode;

/**
 * Draws groups of channels like the lines of an underground map: layers are rows, with the part of
 * their outputs that is left; each group is a line beside them, with a full stop at the layers that
 * write its channels and a ring at those that read them.
 */
final class GroupDrawing {

  private static final int ROW = 26;
  private static final int NAMES = 250;
  private static final int BAR = 90;
  private static final int LANE = 14;
  private static final int LONGEST_NAME = 34;

  private GroupDrawing() {}

  /** Returns an SVG element for a page of ours. */
  static String svg(GroupGraph graph) {
    List<Integer> lanes = lanes(graph.groups());
    int width =
        NAMES + BAR + 70 + LANE * (1 + lanes.stream().mapToInt(lane -> lane).max().orElse(0));
    int height = ROW * graph.layers().size() + 10;
    StringBuilder svg =
        new StringBuilder(
            Figures.format(
                "<svg class=\"plot\" role=\"img\" aria-label=\"Groups of channels\""
                    + " viewBox=\"0 0 %d %d\" font-size=\"12\">%n",
                width, height));
    List<String> names =
        ShortNames.of(graph.layers().stream().map(LayerNode::name).toList(), LONGEST_NAME);
    for (int i = 0; i < names.size(); i++) {
      svg.append(row(names.get(i), graph.layers().get(i), y(i)));
    }
    for (int i = 0; i < lanes.size(); i++) {
      svg.append(line(graph.groups().get(i), NAMES + BAR + 70 + LANE * lanes.get(i), i));
    }
    return svg.append("</svg>\n").toString();
  }

  /** Each group gets the first lane that is free between its first and last layer. */
  static List<Integer> lanes(List<Group> groups) {
    List<List<Group>> taken = new ArrayList<>();
    List<Integer> lanes = new ArrayList<>();
    for (Group group : groups) {
      int lane = 0;
      while (lane < taken.size()
          && taken.get(lane).stream().anyMatch(other -> overlap(group, other))) {
        lane++;
      }
      if (lane == taken.size()) {
        taken.add(new ArrayList<>());
      }
      taken.get(lane).add(group);
      lanes.add(lane);
    }
    return lanes;
  }

  private static boolean overlap(Group one, Group other) {
    return one.first() <= other.last() && other.first() <= one.last();
  }

  private static String row(String name, LayerNode layer, int y) {
    double kept = layer.channels() == 0 ? 0 : (double) layer.kept() / layer.channels();
    return Figures.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"%s\">%s</text>"
            + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"12\" fill=\"%s\"/>"
            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"12\" fill=\"%s\"/>"
            + "<text x=\"%d\" y=\"%d\" fill=\"%s\">%d/%d</text>%n",
        NAMES - 10,
        y + 4,
        Ink.TEXT.css(),
        Html.escape(name),
        NAMES,
        y - 6,
        BAR,
        Ink.GRID.css(),
        NAMES,
        y - 6,
        BAR * kept,
        Ink.SPARSE.css(),
        NAMES + BAR + 6,
        y + 4,
        Ink.SOFT.css(),
        layer.kept(),
        layer.channels());
  }

  private static String line(Group group, int x, int index) {
    String color = group.reason().isEmpty() ? Ink.ofPhase(index).css() : Ink.GRID.css();
    StringBuilder line = new StringBuilder("<g><title>").append(title(group)).append("</title>");
    line.append(
        Figures.format(
            "<path d=\"M%d %dV%d\" stroke=\"%s\" stroke-width=\"2\" fill=\"none\"/>",
            x, y(group.first()), y(group.last()), color));
    group.readers().forEach(at -> line.append(stop(x, y(at), "var(--paper)", color)));
    group.writers().forEach(at -> line.append(stop(x, y(at), color, color)));
    return line.append("</g>\n").toString();
  }

  private static String title(Group group) {
    return group.reason().isEmpty()
        ? Figures.format("%d of %d channels are left", group.kept(), group.channels())
        : Html.escape(group.channels() + " channels stay: " + group.reason());
  }

  private static String stop(int x, int y, String fill, String stroke) {
    return Figures.format(
        "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\" stroke=\"%s\" stroke-width=\"2\"/>",
        x, y, fill, stroke);
  }

  private static int y(int row) {
    return ROW * row + ROW / 2 + 5;
  }
}
