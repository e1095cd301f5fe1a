package org.espalier.examples.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Speed-ups over the work that zeros save, both logarithmic: on the dashed line all of it turns
 * into speed. Above lies only what libtorch wastes.
 */
final class BenchPlot {

  private static final String PNG = ".png";
  private static final String SVG = ".svg";
  private static final float[] DASHES = {6f, 5f};

  private BenchPlot() {}

  /** Refuses a file whose ending names no format. */
  static void requireKnownEnding(Path file) {
    if (!ends(file, PNG) && !ends(file, SVG)) {
      throw new InvalidInputException(
          "--plot", "a file that ends in .png or .svg", file.toString(), "rename it");
    }
  }

  /** Draws the means into a file. */
  static void write(Path file, List<GeometricMean> means, String title) {
    XYChart chart = chart(means, title);
    AtomicFile.write(file, out -> encode(chart, ends(file, PNG), out));
  }

  private static void encode(XYChart chart, boolean bitmap, OutputStream out) throws IOException {
    if (bitmap) {
      BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    } else {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
    }
  }

  private static XYChart chart(List<GeometricMean> means, String title) {
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

  private static boolean ends(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
