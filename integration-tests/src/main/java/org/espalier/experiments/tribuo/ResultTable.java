package org.espalier.experiments.tribuo;

import java.util.List;
import java.util.Locale;

/** Results as Markdown: one row per data set and contestant. */
final class ResultTable {

  private static final String HEAD =
      "| data | model | score | saved, kB | learned, kB | a prediction, us | training, s |\n"
          + "|---|---|---|---|---|---|---|\n";

  private ResultTable() {}

  /** Returns the table. */
  static String of(List<ProblemResult> results) {
    StringBuilder text = new StringBuilder(HEAD);
    for (ProblemResult result : results) {
      for (ProblemResult.Row row : result.rows()) {
        text.append(line(result, row));
      }
    }
    return text.toString();
  }

  private static String line(ProblemResult result, ProblemResult.Row row) {
    int digits = result.measure().endsWith("%") ? 2 : 3;
    String spread = row.runs().size() < 2 ? "" : " ± " + number(row.deviation(), digits);
    return String.join(
            " | ",
            "| " + result.name() + ", " + result.measure(),
            row.label(),
            number(row.meanScore(), digits) + spread,
            number(row.savedKilobytes(), 1),
            number(row.learnedKilobytes(), 1),
            number(row.us(), 2),
            number(row.trainSeconds(), 1))
        + " |\n";
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
