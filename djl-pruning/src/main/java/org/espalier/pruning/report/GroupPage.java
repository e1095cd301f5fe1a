package org.espalier.pruning.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/** A page for people on which channels of a network go together, and which are left. */
public final class GroupPage {

  private static final String BODY =
      """
      <body>
      <header>
      <h1>%s</h1>
      <p class="lede">%s</p>
      </header>
      <main>
      %s</main>
      </body>
      </html>
      """;

  private GroupPage() {}

  /**
   * Writes the page.
   *
   * @param target moved into place when complete
   * @param title heading
   * @param lede one line on what was done
   * @param graph of the network
   * @throws OutputException if the file cannot be written
   */
  public static void write(Path target, String title, String lede, GroupGraph graph) {
    byte[] text = text(title, lede, graph).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(target, out -> out.write(text));
  }

  /** Returns the page as text, to be encoded in UTF-8. */
  public static String text(String title, String lede, GroupGraph graph) {
    return HtmlReport.head(title)
        + BODY.formatted(Html.escape(title), Html.escape(lede), HtmlGroups.of(graph));
  }
}
