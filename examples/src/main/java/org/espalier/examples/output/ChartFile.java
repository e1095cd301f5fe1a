package org.espalier.examples.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts as files, in the format that the ending names. */
public final class ChartFile {

  private static final String PNG = ".png";
  private static final String SVG = ".svg";

  private ChartFile() {}

  /**
   * Refuses a file whose ending names no format.
   *
   * @throws InvalidInputException naming the option {@code --plot}
   */
  public static void requireKnownEnding(Path file) {
    if (!ends(file, PNG) && !ends(file, SVG)) {
      throw new InvalidInputException(
          "--plot", "a file that ends in .png or .svg", file.toString(), "rename it");
    }
  }

  /**
   * Draws a chart into a file.
   *
   * @param file that ends in .png or .svg
   * @throws org.espalier.sparse.OutputException if it cannot be written
   */
  public static void write(Path file, Chart<?, ?> chart) {
    AtomicFile.write(file, out -> encode(chart, ends(file, PNG), out));
  }

  private static void encode(Chart<?, ?> chart, boolean bitmap, OutputStream out)
      throws IOException {
    if (bitmap) {
      BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    } else {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
    }
  }

  private static boolean ends(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
