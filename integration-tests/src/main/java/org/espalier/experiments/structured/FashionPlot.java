package org.espalier.experiments.structured;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.espalier.sparse.io.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;

/** Accuracy against the operations that are left: one point for each variant and seed. */
final class FashionPlot {

  private FashionPlot() {}

  static void write(Path file, FashionTable table, List<FashionVariant> variants) {
    XYChart chart =
        new XYChartBuilder()
            .width(760)
            .height(420)
            .title("Fashion-MNIST, a small VGG")
            .xAxisTitle("FLOPs left, %")
            .yAxisTitle("test accuracy, %")
            .build();
    chart.getStyler().setLocale(Locale.ROOT).setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE).setMarkerSize(9);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(105.0);
    double whole = table.mean(FashionVariant.DENSE, result -> result.size().flops());
    for (FashionVariant variant : variants) {
      List<FashionResult> results = table.of(variant);
      if (!results.isEmpty()) {
        XYSeries series =
            chart.addSeries(
                variant.label(),
                results.stream().mapToDouble(r -> 100 * r.size().flops() / whole).toArray(),
                results.stream().mapToDouble(r -> 100 * r.accuracy()).toArray());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      }
    }
    AtomicFile.write(
        file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
  }
}
