package org.espalier.pruning.report;

import java.awt.Color;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes an SVG document fit to stand inside a page, beside others. */
final class InlineSvg {

  private static final Pattern BEFORE_ROOT = Pattern.compile("\\A.*?(?=<svg\\b)", Pattern.DOTALL);
  private static final Pattern ROOT = Pattern.compile("<svg\\b[^>]*?viewBox=\"([^\"]*)\"[^>]*>");
  private static final Pattern CLIP = Pattern.compile("(?<=id=\"|url\\(#)clip-?\\d+");
  private static final Pattern BLANKS = Pattern.compile("\\R\\s*");

  /** Decimals are worth keeping in paths and transforms, not in colors or identifiers. */
  private static final Pattern LONG_DECIMAL = Pattern.compile("-?\\d+\\.\\d{2,}");

  private InlineSvg() {}

  /**
   * Takes the document's head off, lets the page decide its size, replaces stand-in colors by CSS
   * variables, makes identifiers unique, and drops digits that nobody can see.
   *
   * @param svg a document as XChart writes it
   * @param id prefix of identifiers, unique on the page
   * @param label what the plot shows, for those who do not see it; HTML-escaped
   */
  static String of(String svg, String id, String label) {
    String text = BEFORE_ROOT.matcher(svg).replaceFirst("");
    text =
        ROOT.matcher(text)
            .replaceFirst(
                "<svg class=\"plot\" role=\"img\" aria-label=\""
                    + label.replace("\\", "\\\\").replace("$", "\\$")
                    + "\" viewBox=\"$1\">");
    text = CLIP.matcher(text).replaceAll(match -> id + "-" + match.group());
    text = LONG_DECIMAL.matcher(text).replaceAll(InlineSvg::oneDecimal);
    for (Ink ink : Ink.values()) {
      Color color = ink.standIn();
      text =
          text.replace(
              Figures.format("rgb(%d,%d,%d)", color.getRed(), color.getGreen(), color.getBlue()),
              ink.css());
    }
    return BLANKS.matcher(text).replaceAll("\n");
  }

  private static String oneDecimal(MatchResult match) {
    String rounded = Figures.format("%.1f", Double.parseDouble(match.group()));
    return rounded.endsWith(".0") ? rounded.substring(0, rounded.length() - 2) : rounded;
  }
}
