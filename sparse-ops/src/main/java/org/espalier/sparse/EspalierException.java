package org.espalier.sparse;

/**
 * Something that the user can put right: an input that does not hold, an output that cannot be
 * written. Every message is one line and says where, what was expected, what was found, and what to
 * do. Programming errors stay {@link IllegalArgumentException} or {@link IllegalStateException}.
 */
public class EspalierException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Characters of a part of the message: enough for a list of the names in a large network. */
  private static final int LONGEST = 10_000;

  private final String place;
  private final String expected;
  private final String found;
  private final String remedy;

  /**
   * @param place file and position, configuration key or tensor name
   * @param expected what would have been right
   * @param found what was there instead
   * @param remedy what the user can do about it
   */
  public EspalierException(String place, String expected, String found, String remedy) {
    this(place, expected, found, remedy, null);
  }

  /**
   * @param place file and position, configuration key or tensor name
   * @param expected what would have been right
   * @param found what was there instead
   * @param remedy what the user can do about it
   * @param cause the underlying failure, or null
   */
  public EspalierException(
      String place, String expected, String found, String remedy, Throwable cause) {
    super(
        oneLine(place)
            + ": expected "
            + oneLine(expected)
            + ", found "
            + oneLine(found)
            + "; "
            + oneLine(remedy),
        cause);
    this.place = oneLine(place);
    this.expected = oneLine(expected);
    this.found = oneLine(found);
    this.remedy = oneLine(remedy);
  }

  /** Returns where the problem is: file and position, configuration key or tensor name. */
  public String place() {
    return place;
  }

  /** Returns what would have been right. */
  public String expected() {
    return expected;
  }

  /** Returns what was there instead. */
  public String found() {
    return found;
  }

  /** Returns what the user can do about it. */
  public String remedy() {
    return remedy;
  }

  /**
   * Blanks around a line break become one blank; what a damaged file makes endless is cut. Damaged
   * files hold long runs of blanks, too: a regular expression would try each of them from each.
   */
  private static String oneLine(String text) {
    String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < start.length(); ) {
      int end = i;
      boolean breaks = false;
      while (end < start.length() && isBlank(start.charAt(end))) {
        breaks |= isBreak(start.charAt(end++));
      }
      line.append(breaks ? " " : start.substring(i, end));
      if (end < start.length()) {
        line.append(start.charAt(end++));
      }
      i = end;
    }
    return line.toString().strip();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || isBreak(c);
  }

  private static boolean isBreak(char c) {
    return (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }
}
