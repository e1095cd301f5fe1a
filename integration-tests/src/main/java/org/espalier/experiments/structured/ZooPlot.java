package org.espalier.experiments.structured;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** How much faster each network is without half of its operations; 2 is what they promise. */
final class ZooPlot {

  private static final int WIDTH = 1000;

  private static final int HEIGHT = 380;

  private ZooPlot() {}

  /**
   * Returns a bar for each network and batch.
   *
   * @param results of networks, each with a time for each batch
   */
  static BufferedImage of(List<ZooResult> results, int... batches) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("half the FLOPs, plain DJL: times as fast")
            .build();
    chart.getStyler().setXAxisLabelRotation(45).setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    List<String> names = results.stream().map(ZooResult::name).toList();
    for (int i = 0; i < batches.length; i++) {
      int batch = i;
      List<Double> faster = results.stream().map(result -> result.faster().get(batch)).toList();
      chart.addSeries("batch " + batches[i], names, faster);
    }
    return BitmapEncoder.getBufferedImage(chart);
  }
}
