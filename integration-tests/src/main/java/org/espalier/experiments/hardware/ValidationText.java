package org.espalier.experiments.hardware;

import java.util.List;
import java.util.Locale;
import org.espalier.hw.validate.Comparison;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;

/** Comparisons as Markdown: one table of summaries, then one table each with every row. */
final class ValidationText {

  private static final String UNKNOWN = "-";

  private ValidationText() {}

  /** Returns one line per comparison and role that has rows. */
  static String summary(List<Comparison> comparisons) {
    StringBuilder text = new StringBuilder();
    text.append("| comparison | rows | what they are | mean error % | largest % | within 10 % |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Comparison comparison : comparisons) {
      for (Role role : Role.values()) {
        if (!comparison.rows(role).isEmpty()) {
          text.append(
              String.format(
                  Locale.ROOT,
                  "| [%s](#%s) | %d | %s | %.1f | %.1f | %.0f %% |%n",
                  comparison.title(),
                  anchor(comparison.title()),
                  comparison.rows(role).size(),
                  words(role),
                  100 * comparison.mape(role),
                  100 * comparison.maximum(role),
                  100 * comparison.shareWithinTenPercent(role)));
        }
      }
    }
    return text.toString();
  }

  /** Returns a chapter with every row of a comparison. */
  static String chapter(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(comparison.title()).append("\n\n");
    text.append("Published: ").append(comparison.source()).append(".  \n");
    text.append("Predicted: ").append(comparison.method()).append(".\n\n");
    text.append("| | published, ").append(comparison.unit());
    text.append(" | predicted | error % | | note |\n|---|---|---|---|---|---|\n");
    for (Row row : comparison.rows()) {
      text.append(
          "| %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  row.label(),
                  row.isKnown() ? figure(row.published()) : UNKNOWN,
                  figure(row.predicted()),
                  row.isKnown() ? String.format(Locale.ROOT, "%+.1f", 100 * row.error()) : UNKNOWN,
                  row.isKnown() ? words(row.role()) : "prediction",
                  row.note()));
    }
    return text.append('\n').toString();
  }

  private static String words(Role role) {
    return switch (role) {
      case HELD_OUT -> "held out";
      case FITTED -> "fitted";
      case PEER -> "another model's";
    };
  }

  /** Four digits that count. */
  private static String figure(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** The anchor that Markdown renderers give a heading. */
  private static String anchor(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }
}
