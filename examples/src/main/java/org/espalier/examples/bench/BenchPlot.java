package org.espalier.examples.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Speed-ups over the work that zeros save, both logarithmic: on the dashed line all of it turns
 * into speed. Above lies only what libtorch wastes.
 */
final class BenchPlot {

  private static final float[] DASHES = {6f, 5f};

  private BenchPlot() {}

  /** Draws the means. */
  static XYChart chart(List<GeometricMean> means, String title) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(600)
            .title(title)
            .xAxisTitle("weights per kept weight, 1 / (1 - sparsity)")
            .yAxisTitle("speed-up over dense libtorch, geometric mean")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setLocale(Locale.ROOT).setChartBackgroundColor(Color.WHITE);
    Map<String, List<GeometricMean>> curves = new LinkedHashMap<>();
    for (GeometricMean mean : means) {
      curves
          .computeIfAbsent(mean.pattern() + ", " + mean.columns(), name -> new ArrayList<>())
          .add(mean);
    }
    curves.forEach(
        (name, points) -> {
          points.sort(Comparator.comparingDouble(GeometricMean::sparsity));
          chart
              .addSeries(
                  name,
                  points.stream().map(BenchPlot::saved).toList(),
                  points.stream().map(GeometricMean::speedupVsDense).toList())
              .setMarker(SeriesMarkers.CIRCLE);
        });
    double most = means.stream().mapToDouble(BenchPlot::saved).max().orElse(1);
    double[] ends = {1, Math.max(2, most)};
    chart
        .addSeries("all work saved", ends, ends)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Color.GRAY)
        .setLineStyle(
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, DASHES, 0f));
    return chart;
  }

  private static double saved(GeometricMean mean) {
    return 1 / (1 - mean.sparsity());
  }
}
