package org.espalier.examples.simulate;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plots of a simulation: speed-ups by layer, or times over the settings of a sweep. */
final class SimulationPlot {

  private static final int NAMES_ABREAST = 7;

  private SimulationPlot() {}

  /** Returns bars, one group per layer, one color per machine; the dense run is 1. */
  static Chart<?, ?> speedups(List<SimulationRow> rows, String title) {
    Set<String> layers = new LinkedHashSet<>();
    Map<String, Map<String, Double>> machines = new LinkedHashMap<>();
    for (SimulationRow row : rows) {
      layers.add(row.layer());
      machines
          .computeIfAbsent(row.accelerator(), none -> new LinkedHashMap<>())
          .put(row.layer(), row.speedupVsDense());
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(900)
            .height(500)
            .title(title)
            .yAxisTitle("speed-up over the same machine's dense run")
            .build();
    style(chart.getStyler());
    if (layers.size() > NAMES_ABREAST) {
      chart.getStyler().setXAxisLabelRotation(60);
    }
    machines.forEach(
        (machine, values) ->
            chart.addSeries(
                machine, List.copyOf(layers), layers.stream().map(values::get).toList()));
    return chart;
  }

  /** Returns curves, one per layer and machine, over the settings; both axes are logarithmic. */
  static Chart<?, ?> sweep(List<SimulationRow> rows, SweepRequest sweep, String title) {
    Map<String, Map<Double, Double>> curves = new LinkedHashMap<>();
    Map<String, Double> values = new LinkedHashMap<>();
    sweep.values().forEach(value -> values.put(sweep.setting(value), value));
    for (SimulationRow row : rows) {
      curves
          .computeIfAbsent(row.accelerator() + ", " + row.layer(), none -> new TreeMap<>())
          .put(values.get(row.setting()), row.timeUs());
    }
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(600)
            .title(title)
            .xAxisTitle(sweep.parameter().text())
            .yAxisTitle("time, us")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    curves.forEach(
        (name, points) ->
            chart
                .addSeries(name, List.copyOf(points.keySet()), List.copyOf(points.values()))
                .setMarker(SeriesMarkers.CIRCLE));
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLocale(Locale.ROOT).setChartBackgroundColor(Color.WHITE);
  }
}
