package org.espalier.examples.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.kernel.Layout;
import org.espalier.sparse.kernel.RowGroups;

/** Reads the labels that {@link Layout#label} writes. */
public final class LayoutText {

  private static final Pattern SYNTAX =
      Pattern.compile("([a-z0-9]+)-v(\\d{1,2})(?:-k(\\d{1,6}))?(-inplace)?");

  private LayoutText() {}

  /**
   * Reads a label.
   *
   * @param text such as {@code groups2-v8-k80} or {@code groups1-v4-inplace}
   * @throws InvalidInputException if it is none
   */
  public static Layout parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) == 0) {
      throw refusal(text);
    }
    boolean inPlace = matcher.group(4) != null;
    if (inPlace && matcher.group(3) != null) {
      throw refusal(text);
    }
    int depth = matcher.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(3));
    if (depth == 0) {
      throw refusal(text);
    }
    return Arrays.stream(RowGroups.Kind.values())
        .filter(kind -> name(kind).equals(matcher.group(1)))
        .findFirst()
        .map(kind -> new Layout(kind, Integer.parseInt(matcher.group(2)), depth, !inPlace))
        .orElseThrow(() -> refusal(text));
  }

  private static String name(RowGroups.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static InvalidInputException refusal(String text) {
    String kinds =
        Arrays.stream(RowGroups.Kind.values())
            .map(LayoutText::name)
            .collect(Collectors.joining(", "));
    return new InvalidInputException(
        "--kernel",
        "KIND-vVECTORS, then -kDEPTH for blocks of columns or -inplace, KIND of " + kinds,
        "'" + text + "'",
        "write for example groups2-v4-k128, or leave it out");
  }
}
