package org.espalier.sparse.io;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.espalier.sparse.InvalidInputException;

/**
 * A glob on names of tensors: {@code *} is any text, dots and slashes included; {@code ?} one
 * character; {@code [a-c]} and {@code [!a-c]} one of a set or another; {@code {a,b}} one of several
 * texts; a backslash takes away the meaning of what follows.
 */
public final class NameGlob {

  private final String glob;
  private final Pattern pattern;

  private NameGlob(String glob, Pattern pattern) {
    this.glob = glob;
    this.pattern = pattern;
  }

  /**
   * Reads a glob.
   *
   * @param place where it was given, for messages
   * @throws InvalidInputException if a bracket or a brace stays open
   */
  public static NameGlob of(String place, String glob) {
    try {
      return new NameGlob(glob, Pattern.compile(regex(glob), Pattern.DOTALL));
    } catch (PatternSyntaxException | StringIndexOutOfBoundsException e) {
      throw new InvalidInputException(
          place, "a glob", "'" + glob + "'", "close its brackets and braces", e);
    }
  }

  /** Returns whether the whole name matches. */
  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** Two globs are equal if their texts are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NameGlob that && glob.equals(that.glob);
  }

  @Override
  public int hashCode() {
    return glob.hashCode();
  }

  /** Returns the glob as it was given. */
  @Override
  public String toString() {
    return glob;
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int open = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '\\' -> regex.append(literal(glob.charAt(++i)));
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          regex.append(set(glob.substring(i + 1, end)));
          i = end;
        }
        case '{' -> {
          open++;
          regex.append("(?:");
        }
        case '}' -> {
          regex.append(open > 0 ? ")" : "\\}");
          open = Math.max(0, open - 1);
        }
        case ',' -> regex.append(open > 0 ? "|" : ",");
        default -> regex.append(literal(c));
      }
    }
    return regex.toString();
  }

  private static String set(String members) {
    boolean negated = members.startsWith("!");
    String rest = negated ? members.substring(1) : members;
    StringBuilder set = new StringBuilder(negated ? "[^" : "[");
    for (char c : rest.toCharArray()) {
      set.append(c == '-' ? "-" : literal(c));
    }
    return set.append(']').toString();
  }

  private static String literal(char c) {
    return Character.isLetterOrDigit(c) || c > 127 ? String.valueOf(c) : "\\" + c;
  }
}
