package org.espalier.pruning.report;

import org.espalier.pruning.report.History.PhaseTime;

/** The sections that let somebody else do it again: recipe, command, versions, times. */
final class HtmlProvenance {

  private static final String RECIPE =
      """
      <section>
      <h2>Recipe</h2>
      <pre>%s</pre>
      <p class="hash">SHA-256 <code>%s</code></p>
      </section>
      """;

  private static final String REPRODUCE =
      """
      <section>
      <h2>How to reproduce</h2>
      <pre>%s</pre>
      <div class="tables">
      <table>
      <tbody>
      %s</tbody>
      </table>
      %s</div>
      </section>
      """;

  private static final String TIMES =
      """
      <table>
      <thead><tr><th class="name">phase</th><th>wall time</th></tr></thead>
      <tbody>
      %s</tbody>
      </table>
      """;

  private HtmlProvenance() {}

  static String of(RunSetup setup, Environment environment, History history) {
    return RECIPE.formatted(Html.escape(setup.recipe()), setup.recipeSha256())
        + REPRODUCE.formatted(
            Html.escape(setup.commandLine()), versions(setup, environment), times(history));
  }

  private static String versions(RunSetup setup, Environment environment) {
    return pair("network", setup.network())
        + pair("data", setup.data())
        + pair("seed", String.valueOf(setup.seed()))
        + pair("threads", String.valueOf(environment.threads()))
        + pair("Java", environment.jdk())
        + pair("Deep Java Library", environment.djl())
        + pair("engine", environment.engine())
        + pair("sparse kernels", environment.kernel())
        + pair("device", environment.device());
  }

  private static String times(History history) {
    if (history.phases().isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    double totalS = 0;
    for (PhaseTime phase : history.phases()) {
      rows.append(Html.row(phase.name(), Figures.seconds(phase.wallTimeS())));
      totalS += phase.wallTimeS();
    }
    rows.append(Html.row("total", Figures.seconds(totalS)));
    return TIMES.formatted(rows);
  }

  private static String pair(String name, String value) {
    return "<tr>" + Html.cell("name", name) + Html.cell("text", value) + "</tr>\n";
  }
}
