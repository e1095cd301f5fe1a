package org.espalier.experiments.tribuo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Score against size of the saved model, a chart for each data set; left is small. */
final class ResultPlot {

  private static final int WIDTH = 640;

  private static final int HEIGHT = 340;

  private static final Color[] COLORS = {
    new Color(0x1f77b4),
    new Color(0xd62728),
    new Color(0x7f7f7f),
    new Color(0xbcbd22),
    new Color(0x2ca02c),
    new Color(0x9467bd)
  };

  private ResultPlot() {}

  /** Returns the charts in two columns. */
  static BufferedImage of(List<ProblemResult> results) {
    BufferedImage plot =
        new BufferedImage(2 * WIDTH, (results.size() + 1) / 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = plot.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, plot.getWidth(), plot.getHeight());
    for (int i = 0; i < results.size(); i++) {
      BufferedImage image = BitmapEncoder.getBufferedImage(chart(results.get(i)));
      graphics.drawImage(image, i % 2 * WIDTH, i / 2 * HEIGHT, null);
    }
    graphics.dispose();
    return plot;
  }

  private static XYChart chart(ProblemResult result) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(result.name())
            .xAxisTitle("saved model, kB (logarithmic)")
            .yAxisTitle(result.measure())
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setLocale(Locale.ROOT);
    chart.getStyler().setChartBackgroundColor(Color.WHITE).setMarkerSize(11);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    for (int i = 0; i < result.rows().size(); i++) {
      ProblemResult.Row row = result.rows().get(i);
      XYSeries series =
          chart.addSeries(
              row.label(),
              new double[] {row.savedKilobytes()},
              new double[] {row.meanScore()},
              new double[] {row.deviation()});
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(COLORS[i % COLORS.length]);
    }
    return chart;
  }
}
