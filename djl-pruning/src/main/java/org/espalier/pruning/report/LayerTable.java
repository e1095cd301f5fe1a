package org.espalier.pruning.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The table of layers for a terminal: ASCII, at most {@value #WIDTH} columns, one row per layer, a
 * row of totals, and below it why a layer gains or does not.
 */
public final class LayerTable {

  /** Columns of the terminal that the table never exceeds. */
  public static final int WIDTH = 100;

  private static final List<List<String>> HEADER =
      List.of(
          List.of("", "", "", "", "size", "size", "time, us", "time, us", "speed-up", "speed-up"),
          List.of(
              "layer",
              "shape",
              "non-zeros",
              "sparsity",
              "dense",
              "CSR",
              "dense",
              "sparse",
              "measured",
              "modelled"));

  /** Layer and shape stand left, figures right. */
  private static final int LEFT_COLUMNS = 2;

  private static final int SHORTEST_SHAPE = 10;

  private LayerTable() {}

  /**
   * Prints the layers.
   *
   * @return lines that end in a line feed; where there is no figure stands a dash
   */
  public static String text(Outcome outcome) {
    List<List<String>> rows = new ArrayList<>(HEADER);
    for (LayerReport layer : outcome.layers()) {
      rows.add(row(layer));
    }
    rows.add(totals(outcome));
    int[] widths = widths(rows);
    int gap = fit(widths);
    shortenNames(rows, widths[0]);
    String rule = "-".repeat(sum(widths) + gap * (widths.length - 1));
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      if (r == HEADER.size() || r == rows.size() - 1) {
        text.append(rule).append('\n');
      }
      appendRow(text, rows.get(r), widths, gap);
    }
    text.append('\n');
    for (LayerReport layer : outcome.layers()) {
      appendVerdict(text, layer);
    }
    return text.toString();
  }

  private static List<String> row(LayerReport layer) {
    return List.of(
        ascii(layer.name()),
        layer.shapeText("x"),
        Figures.count(layer.nonzeros()),
        Figures.percent(layer.sparsity()),
        Figures.bytes(layer.denseBytes()),
        Figures.bytes(layer.csrBytes()),
        layer.measured() == null ? Figures.NONE : Figures.three(layer.measured().denseTimeUs()),
        layer.measured() == null ? Figures.NONE : Figures.three(layer.measured().sparseTimeUs()),
        ratio(layer.measured()),
        ratio(layer.modelled()));
  }

  private static List<String> totals(Outcome outcome) {
    Timing timing = outcome.measured() == null ? null : outcome.measured().timing();
    return List.of(
        "total",
        "of " + Figures.count(outcome.elements()),
        Figures.count(outcome.nonzeros()),
        Figures.percent(outcome.sparsity()),
        Figures.bytes(outcome.denseBytes()),
        Figures.bytes(outcome.csrBytes()),
        timing == null ? Figures.NONE : Figures.three(timing.denseTimeUs()),
        timing == null ? Figures.NONE : Figures.three(timing.sparseTimeUs()),
        ratio(timing),
        "");
  }

  private static String ratio(Timing timing) {
    return timing == null ? Figures.NONE : Figures.three(timing.speedup()) + "x";
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    return widths;
  }

  /** Narrows the gap, then the names, then the shapes until all fits; returns the gap. */
  private static int fit(int[] widths) {
    int gaps = widths.length - 1;
    int gap = sum(widths) + 2 * gaps <= WIDTH ? 2 : 1;
    int excess = Math.max(0, sum(widths) + gap * gaps - WIDTH);
    int fromName = Math.min(excess, Math.max(0, widths[0] - ShortNames.NARROWEST));
    widths[0] -= fromName;
    widths[1] -= Math.min(excess - fromName, Math.max(0, widths[1] - SHORTEST_SHAPE));
    return gap;
  }

  private static void shortenNames(List<List<String>> rows, int width) {
    List<List<String>> layers = rows.subList(HEADER.size(), rows.size() - 1);
    List<String> names = ShortNames.of(layers.stream().map(row -> row.get(0)).toList(), width);
    for (int i = 0; i < names.size(); i++) {
      List<String> row = new ArrayList<>(layers.get(i));
      row.set(0, names.get(i));
      layers.set(i, row);
    }
  }

  private static void appendRow(StringBuilder text, List<String> row, int[] widths, int gap) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = shorten(row.get(c), widths[c]);
      String padding = " ".repeat(widths[c] - cell.length());
      line.append(c == 0 ? "" : " ".repeat(gap));
      line.append(c < LEFT_COLUMNS ? cell + padding : padding + cell);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static void appendVerdict(StringBuilder text, LayerReport layer) {
    String sentence = layer.verdict().text() + ": " + layer.verdict().reason();
    if (layer.contradicted()) {
      sentence += " (but the measurement says " + ratio(layer.measured()) + ")";
    }
    StringBuilder line = new StringBuilder(shorten(ascii(layer.name()), WIDTH / 2) + ":");
    for (String word : ascii(sentence).split("\\s+")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder("   ");
      }
      line.append(' ').append(shorten(word, WIDTH - 4));
    }
    text.append(line).append('\n');
  }

  /** Cuts the front off: the end of a parameter's path says more than its beginning. */
  private static String shorten(String text, int width) {
    return text.length() <= width ? text : "..." + text.substring(text.length() - width + 3);
  }

  /** Replaces what a terminal may not show, or may obey. */
  private static String ascii(String text) {
    return text.replace("\u00d7", "x").replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static int sum(int[] widths) {
    int sum = 0;
    for (int width : widths) {
      sum += width;
    }
    return sum;
  }
}
