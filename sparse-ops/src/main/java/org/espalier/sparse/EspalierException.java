package org.espalier.sparse;

/**
 * Something that the user can put right: an input that does not hold, an output that cannot be
 * written. Every message is one line and says where, what was expected, what was found, and what to
 * do. Programming errors stay {@link IllegalArgumentException} or {@link IllegalStateException}.
 */
public class EspalierException extends RuntimeException {

  private static final long serialVersionUID = 1L;

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
    super(oneLine(place + ": expected " + expected + ", found " + found + "; " + remedy), cause);
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

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
