package org.espalier.experiments;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.rewind.IterativePruning;
import org.espalier.pruning.rewind.Level;
import org.espalier.pruning.rewind.Rewind;
import org.espalier.pruning.rewind.Stage;
import org.espalier.sparse.io.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * Test accuracies in percent by level and by way of training: mean and sample standard deviation
 * over runs, as a Markdown table and a plot.
 */
final class LotteryTable {

  static final String TICKET = "ticket";

  /** The control that shows what the initial weights are worth. */
  private static final String CONTROL = new Rewind.RandomWeights(0).label();

  /** Percent by way, then level, one per run in the order of the runs. */
  private final Map<String, TreeMap<Integer, List<Double>>> accuracies = new TreeMap<>();

  private final TreeMap<Integer, Double> densities = new TreeMap<>();

  /** Adds the levels of one run. */
  void add(List<Level> run) {
    for (Level level : run) {
      densities.put(level.rounds(), 100 * level.density());
      add(TICKET, level.rounds(), level.trained());
      level.branches().forEach((label, stage) -> add(label, level.rounds(), stage));
    }
  }

  private void add(String way, int level, Stage stage) {
    accuracies
        .computeIfAbsent(way, w -> new TreeMap<>())
        .computeIfAbsent(level, l -> new ArrayList<>())
        .add(100 * stage.figure(IterativePruning.ACCURACY));
  }

  /** Returns the table: the dense network, then the levels that have controls. */
  String markdown() {
    List<String> ways = new ArrayList<>(accuracies.keySet());
    ways.remove(TICKET);
    ways.add(0, TICKET);
    StringBuilder text = new StringBuilder("| rounds | weights left |");
    ways.forEach(way -> text.append(' ').append(way).append(" |"));
    text.append(" ticket - ").append(CONTROL).append(" |\n|---|---|");
    text.append("---|".repeat(ways.size() + 1)).append('\n');
    for (int level : accuracies.get(TICKET).keySet()) {
      if (level > 0 && !accuracies.getOrDefault(CONTROL, new TreeMap<>()).containsKey(level)) {
        continue;
      }
      text.append("| %d | %.2f %% |".formatted(level, densities.get(level)));
      ways.forEach(way -> text.append(cell(accuracies.get(way).get(level))));
      text.append(cell(advantage(level))).append('\n');
    }
    return text.toString();
  }

  private static String cell(List<Double> values) {
    return values == null
        ? " |"
        : String.format(
            Locale.ROOT, " %.2f ± %.2f |", StudyTable.mean(values), StudyTable.deviation(values));
  }

  /** Returns ticket minus control, run by run; null where there is no control. */
  private List<Double> advantage(int level) {
    List<Double> control = accuracies.getOrDefault(CONTROL, new TreeMap<>()).get(level);
    if (control == null) {
      return null;
    }
    List<Double> tickets = accuracies.get(TICKET).get(level);
    List<Double> differences = new ArrayList<>();
    for (int run = 0; run < control.size(); run++) {
      differences.add(tickets.get(run) - control.get(run));
    }
    return differences;
  }

  /** Draws all levels as a PNG file. */
  void plot(Path file) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(560)
            .title("Lottery tickets, LeNet-300-100 on MNIST")
            .xAxisTitle("weights left, % (logarithmic)")
            .yAxisTitle("test accuracy, %, mean and deviation")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setLegendPosition(Styler.LegendPosition.InsideSE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    accuracies.forEach(
        (way, byLevel) -> {
          List<Double> x = new ArrayList<>();
          List<Double> y = new ArrayList<>();
          List<Double> bars = new ArrayList<>();
          byLevel.forEach(
              (level, values) -> {
                x.add(densities.get(level));
                y.add(StudyTable.mean(values));
                bars.add(StudyTable.deviation(values));
              });
          chart.addSeries(way, x, y, bars);
        });
    AtomicFile.write(
        file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
  }
}
