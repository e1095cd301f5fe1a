package org.espalier.experiments.hardware;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.espalier.hw.validate.Comparison;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Errors of every held-out row, one column of points per comparison; lines at 10 %. */
final class ValidationPlot {

  /** Errors beyond would flatten all others. */
  private static final double MOST = 60;

  private static final float[] DASHES = {6f, 5f};

  private ValidationPlot() {}

  /** Returns the chart. */
  static XYChart of(List<Comparison> comparisons) {
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(560)
            .title("errors of held-out predictions (above 60 %: at 60)")
            .xAxisTitle("comparison")
            .yAxisTitle("error, %")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setLocale(Locale.ROOT).setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisTicksVisible(false).setMarkerSize(8);
    chart.getStyler().setYAxisMin(-MOST).setYAxisMax(MOST + 5);
    int column = 0;
    for (Comparison comparison : comparisons) {
      List<Row> rows = comparison.rows(Role.HELD_OUT);
      if (rows.isEmpty()) {
        continue;
      }
      double place = ++column;
      chart
          .addSeries(
              comparison.title(),
              rows.stream().map(row -> place).toList(),
              rows.stream().map(row -> Math.min(MOST, 100 * row.error())).toList())
          .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
          .setMarker(SeriesMarkers.CIRCLE);
    }
    for (double bound : new double[] {-10, 10}) {
      XYSeries line =
          chart.addSeries(
              "%+.0f %%".formatted(bound),
              new double[] {0.5, column + 0.5},
              new double[] {bound, bound});
      line.setMarker(SeriesMarkers.NONE).setLineColor(Color.GRAY);
      line.setLineStyle(
          new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, DASHES, 0f));
      line.setShowInLegend(false);
    }
    return chart;
  }
}
