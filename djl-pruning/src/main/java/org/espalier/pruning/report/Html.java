package org.espalier.pruning.report;

import java.util.regex.Pattern;

/** Text that stands in a page as it is meant. */
final class Html {

  /** Control characters that no page may hold; line feeds and tabs may stay. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  private Html() {}

  /** Escapes text for the content of an element and for a quoted attribute. */
  static String escape(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll("\ufffd")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Returns one cell of a table; its text is escaped. */
  static String cell(String cssClass, String text) {
    return "<td class=\"%s\">%s</td>".formatted(cssClass, escape(text));
  }

  /** Returns a row of a table with a name in front of figures. */
  static String row(String name, String... figures) {
    return "<tr>" + cell("name", name) + cells(figures) + "</tr>\n";
  }

  /** Returns a row of a table that has figures alone. */
  static String figures(String... figures) {
    return "<tr>" + cells(figures) + "</tr>\n";
  }

  private static String cells(String... figures) {
    StringBuilder cells = new StringBuilder();
    for (String figure : figures) {
      cells.append(cell("figure", figure));
    }
    return cells.toString();
  }
}
