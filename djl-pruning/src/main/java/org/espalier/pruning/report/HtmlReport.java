package org.espalier.pruning.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * A report for people: one HTML file that holds all it needs, without scripts, for light and dark
 * screens and for paper. Where plots cannot be drawn (Java without fonts), the page says so in
 * their place and is complete in all else.
 */
public final class HtmlReport {

  /** The page may load nothing from anywhere, whatever text it shows. */
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>%s</title>
      <style>
      %s</style>
      </head>
      """;

  private static final String BODY =
      """
      <body>
      <header>
      <h1>%s</h1>
      <p class="lede">%s on %s, recipe %s, seed %s</p>
      </header>
      <main>
      %s</main>
      </body>
      </html>
      """;

  /** Hex digits of a hash that are enough to tell recipes apart at a glance. */
  private static final int SHORT_HASH = 12;

  private HtmlReport() {}

  /**
   * Writes the report.
   *
   * @param target moved into place when complete
   * @throws OutputException if the file cannot be written
   */
  public static void write(Path target, RunReport report) {
    byte[] text = text(report).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(target, out -> out.write(text));
  }

  /** Returns the page as text, to be encoded in UTF-8. */
  public static String text(RunReport report) {
    // Made anew for each plot: without fonts, loading the class fails, and then only the plot does.
    return text(report, plot -> new XChartRenderer().svg(plot));
  }

  static String text(RunReport report, PlotRenderer renderer) {
    HtmlPlots plots = new HtmlPlots(renderer);
    return page(
        report.title(),
        report.setup(),
        HtmlHeadline.of(report.outcome())
            + HtmlHistory.of(report.history(), PruningWords.WEIGHTS, plots)
            + HtmlLayers.of(report.outcome(), plots)
            + HtmlMachines.of(report.machines(), plots)
            + HtmlMasks.of(report.masks())
            + HtmlProvenance.of(report.setup(), report.environment(), report.history()));
  }

  /** Returns the page of a run around its sections. */
  static String page(String title, RunSetup setup, String sections) {
    return head(title)
        + BODY.formatted(
            Html.escape(title),
            Html.escape(setup.network()),
            Html.escape(setup.data()),
            setup.recipeSha256().substring(0, SHORT_HASH),
            String.valueOf(setup.seed()),
            sections);
  }

  /** Returns what stands before the body of a page of ours. */
  static String head(String title) {
    return HEAD.formatted(Html.escape(title), css());
  }

  private static String css() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css stands beside this class", e);
    }
  }
}
