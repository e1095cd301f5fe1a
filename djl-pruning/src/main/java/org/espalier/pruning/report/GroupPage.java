package org.espalier.pruning.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.espalier.pruning.report.GroupGraph.Group;
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
      <section>
      <h2>Groups of channels</h2>
      <p>Each line is a group: channels of layers with a full stop go together, and layers with a \
      ring lose the inputs that read them. Grey lines stay as they are. Bars show the outputs that \
      are left.</p>
      <figure>%s</figure>
      <div class="wide"><table>
      <thead><tr><th>written by</th><th>channels</th><th>left</th><th>layers</th>\
      <th>why they stay</th></tr></thead>
      <tbody>
      %s</tbody>
      </table></div>
      </section>
      </main>
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
    StringBuilder rows = new StringBuilder();
    for (Group group : graph.groups()) {
      int writer = group.writers().isEmpty() ? group.readers().get(0) : group.writers().get(0);
      rows.append(
          Html.row(
              graph.layers().get(writer).name(),
              Figures.count(group.channels()),
              Figures.count(group.kept()),
              Figures.count(group.writers().size() + group.readers().size()),
              group.reason()));
    }
    return HtmlReport.head(title)
        + BODY.formatted(
            Html.escape(title), Html.escape(lede), GroupDrawing.svg(graph), rows.toString());
  }
}
