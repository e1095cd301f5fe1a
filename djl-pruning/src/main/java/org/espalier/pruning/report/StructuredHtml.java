package org.espalier.pruning.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/** The page of a run that removed channels, made as {@link HtmlReport} makes that of weights. */
public final class StructuredHtml {

  private StructuredHtml() {}

  /**
   * Writes the page.
   *
   * @param target moved into place when complete
   * @throws OutputException if the file cannot be written
   */
  public static void write(Path target, StructuredReport report) {
    byte[] text = text(report).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(target, out -> out.write(text));
  }

  /** Returns the page as text, to be encoded in UTF-8. */
  public static String text(StructuredReport report) {
    HtmlPlots plots = new HtmlPlots(plot -> new XChartRenderer().svg(plot));
    return HtmlReport.page(
        report.title(),
        report.setup(),
        HtmlHeadline.of(report.outcome())
            + HtmlHistory.of(report.history(), PruningWords.CHANNELS, plots)
            + HtmlGroups.of(report.groups(), plots)
            + HtmlCuts.of(report.outcome().layers())
            + HtmlProvenance.of(report.setup(), report.environment(), report.history()));
  }
}
