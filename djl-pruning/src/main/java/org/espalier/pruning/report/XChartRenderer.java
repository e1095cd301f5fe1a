package org.espalier.pruning.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.espalier.pruning.report.Plot.Style;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws plots with XChart. Text becomes outlines, so a plot looks alike with any font. */
final class XChartRenderer implements PlotRenderer {

  private static final int WIDTH = 920;
  private static final int LINES_HEIGHT = 240;
  private static final int BARS_HEIGHT = 300;
  private static final int NAMES_HEIGHT = 90;

  /** More groups of bars than this have their names written upwards. */
  private static final int NAMES_ABREAST = 7;

  /** More names than this touch each other; then only some are written. */
  private static final int MOST_NAMES = 50;

  private static final Color CLEAR = new Color(0, 0, 0, 0);
  private static final BasicStroke LINE =
      new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke DASHED =
      new BasicStroke(
          1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {5f, 4f}, 0f);
  private static final BasicStroke HAIRLINE = new BasicStroke(1f);

  @Override
  public String svg(Plot plot) {
    Chart<?, ?> chart = plot instanceof Plot.Lines lines ? lines(lines) : bars((Plot.Bars) plot);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static XYChart lines(Plot.Lines plot) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(LINES_HEIGHT).xAxisTitle(plot.xTitle()).build();
    style(chart.getStyler());
    chart.getStyler().setXAxisTitleVisible(!plot.xTitle().isEmpty());
    chart.getStyler().setXAxisMin(plot.xMin()).setXAxisMax(plot.xMax());
    chart.getStyler().setYAxisMin(plot.yMin()).setYAxisMax(plot.yMax());
    chart.getStyler().setYAxisTickMarkSpacingHint(36).setXAxisTickMarkSpacingHint(90);
    chart.getStyler().setMarkerSize(7);
    for (Plot.Curve curve : plot.curves()) {
      Plot.Entry entry = curve.entry();
      XYSeries series = chart.addSeries(entry.name(), curve.x(), curve.y());
      series.setMarkerColor(entry.ink().standIn());
      series.setLineColor(entry.ink().standIn());
      series.setLineStyle(entry.style() == Style.DASHED ? DASHED : LINE);
      boolean marked = entry.style() == Style.LINE || entry.style() == Style.POINTS;
      series.setMarker(marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      series.setXYSeriesRenderStyle(renderStyle(entry.style()));
    }
    return chart;
  }

  private static XYSeriesRenderStyle renderStyle(Style style) {
    return switch (style) {
      case STEPS -> XYSeriesRenderStyle.Step;
      case POINTS -> XYSeriesRenderStyle.Scatter;
      default -> XYSeriesRenderStyle.Line;
    };
  }

  private static CategoryChart bars(Plot.Bars plot) {
    boolean upwards = plot.categories().size() > NAMES_ABREAST;
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(upwards ? BARS_HEIGHT + NAMES_HEIGHT : BARS_HEIGHT)
            .xAxisTitle(plot.xTitle())
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisTitleVisible(!plot.xTitle().isEmpty());
    chart.getStyler().setPlotGridVerticalLinesVisible(false).setYAxisMin(0.0);
    if (plot.yMax() != null) {
      chart.getStyler().setYAxisMax(plot.yMax());
    }
    if (upwards) {
      chart.getStyler().setXAxisLabelRotation(90).setXAxisMaxLabelCount(MOST_NAMES);
    }
    // Few groups stay slim: a bar as wide as a hand says no more.
    chart.getStyler().setAvailableSpaceFill(plot.categories().size() < 5 ? 0.55 : 0.8);
    for (Plot.BarSeries bar : plot.series()) {
      CategorySeries series = chart.addSeries(bar.entry().name(), plot.categories(), bar.values());
      series.setFillColor(bar.entry().ink().standIn());
    }
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    styler.setChartBackgroundColor(CLEAR).setPlotBackgroundColor(CLEAR).setPlotBorderVisible(false);
    styler.setLegendVisible(false).setChartTitleVisible(false).setChartPadding(4);
    styler.setChartFontColor(Ink.TEXT.standIn()).setAntiAlias(true);
    styler.setAxisTitleFont(font).setAxisTickLabelsFont(font);
    styler.setYAxisTitleVisible(false).setXAxisTitleColor(Ink.TEXT.standIn());
    styler.setAxisTickLabelsColor(Ink.SOFT.standIn()).setAxisTickMarksColor(Ink.GRID.standIn());
    styler.setAxisTickMarksStroke(HAIRLINE);
    styler.setPlotGridLinesColor(Ink.GRID.standIn()).setPlotGridLinesStroke(HAIRLINE);
    styler.setLocale(Locale.ROOT);
  }
}
