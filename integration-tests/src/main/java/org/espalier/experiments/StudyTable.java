package org.espalier.experiments;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.sparse.io.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/**
 * Test errors of a study by method and sparsity: mean and sample standard deviation over seeds, as
 * a Markdown table and a plot.
 */
final class StudyTable {

  /** Where plots end: what is worse is out of the picture. */
  private static final double MOST_PERCENT = 14;

  /** Errors in percent by method, then sparsity. */
  private final Map<Method, Map<Double, List<Double>>> errors = new LinkedHashMap<>();

  /**
   * @param methods in the order of the rows; those without runs have none
   */
  StudyTable(List<? extends Method> methods) {
    methods.forEach(method -> errors.put(method, new TreeMap<>()));
  }

  /** Adds a run of the method of this name. */
  void add(String method, double sparsity, double accuracy) {
    errors.forEach(
        (known, bySparsity) -> {
          if (known.name().equals(method)) {
            bySparsity.computeIfAbsent(sparsity, s -> new ArrayList<>()).add(100 * (1 - accuracy));
          }
        });
  }

  /** Returns the table, one row per method, one column per sparsity. */
  String markdown(List<Double> sparsities) {
    StringBuilder text = new StringBuilder("| method |");
    sparsities.forEach(s -> text.append(String.format(Locale.ROOT, " %.0f %% |", 100 * s)));
    text.append("\n|---|").append("---|".repeat(sparsities.size())).append('\n');
    errors.forEach(
        (method, bySparsity) -> {
          if (bySparsity.isEmpty()) {
            return;
          }
          text.append("| ").append(method.label()).append(" |");
          for (double sparsity : sparsities) {
            List<Double> runs = bySparsity.get(method.dense() ? 0.0 : sparsity);
            text.append(' ').append(runs == null ? "" : cell(runs)).append(" |");
          }
          text.append('\n');
        });
    return text.toString();
  }

  private static String cell(List<Double> runs) {
    return String.format(Locale.ROOT, "%.2f ± %.2f", mean(runs), deviation(runs));
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  /** Sample standard deviation, 0 for a single value. */
  static double deviation(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
  }

  /** Draws the table as a PNG file. */
  void plot(Path file, String title, List<Double> sparsities) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(560)
            .title(title)
            .xAxisTitle("weights kept, % (logarithmic)")
            .yAxisTitle("test error, %, mean and deviation")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    double worst =
        errors.values().stream()
            .flatMap(bySparsity -> bySparsity.values().stream())
            .mapToDouble(StudyTable::mean)
            .max()
            .orElse(1);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(Math.min(MOST_PERCENT, 1.2 * worst));
    for (Map.Entry<Method, Map<Double, List<Double>>> entry : errors.entrySet()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      List<Double> bars = new ArrayList<>();
      for (double sparsity : sparsities) {
        double key = entry.getKey().dense() ? 0.0 : sparsity;
        List<Double> runs = entry.getValue().get(key);
        if (runs != null) {
          x.add(100 * (1 - sparsity));
          y.add(mean(runs));
          bars.add(deviation(runs));
        }
      }
      if (!x.isEmpty()) {
        XYSeries series = chart.addSeries(entry.getKey().label(), x, y, bars);
        series.setLineWidth(entry.getKey().shuffled() ? 1f : 2f);
      }
    }
    AtomicFile.write(
        file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
  }

  /** Writes text to a file. */
  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
