package org.espalier.sparse.io;

import org.espalier.sparse.InvalidInputException;

/**
 * Reads JSON text (RFC 8259) token by token: what a header of a safetensors file is made of. The
 * caller knows the grammar, so nothing recurses, and nothing is held but the token read last.
 */
final class JsonCursor {

  private static final int LONGEST_NUMBER = 18;

  private final String text;
  private final String place;

  /** The text read last; kept, because a header can hold a text for every few bytes. */
  private final StringBuilder characters = new StringBuilder();

  private int at;

  /**
   * @param place for messages
   */
  JsonCursor(String text, String place) {
    this.text = text;
    this.place = place;
  }

  /** Reads one mark of punctuation. */
  void expect(char mark) {
    skipBlanks();
    if (at == text.length() || text.charAt(at) != mark) {
      throw error("'" + mark + "'");
    }
    at++;
  }

  /** Reads one mark of punctuation if it comes next, and says whether it did. */
  boolean accept(char mark) {
    skipBlanks();
    if (at == text.length() || text.charAt(at) != mark) {
      return false;
    }
    at++;
    return true;
  }

  /** Refuses anything but blanks up to the end. */
  void expectEnd() {
    skipBlanks();
    if (at != text.length()) {
      throw error("the end");
    }
  }

  /** Reads a whole number from 0 to 10^18 - 1. */
  long wholeNumber() {
    skipBlanks();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int digits = at - start;
    if (digits == 0 || digits > LONGEST_NUMBER || (digits > 1 && text.charAt(start) == '0')) {
      at = start;
      throw error("a whole number below 10^" + LONGEST_NUMBER);
    }
    return Long.parseLong(text, start, at, 10);
  }

  /** Reads a text in quotes. */
  String string() {
    expect('"');
    characters.setLength(0);
    while (at < text.length() && text.charAt(at) != '"') {
      char next = text.charAt(at);
      if (next < ' ') {
        throw error("a text without control characters");
      }
      at++;
      characters.append(next == '\\' ? escaped() : next);
    }
    expect('"');
    requirePairs();
    return characters.toString();
  }

  private char escaped() {
    char mark = at < text.length() ? text.charAt(at) : ' ';
    at++;
    return switch (mark) {
      case '"', '\\', '/' -> mark;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex();
      default -> {
        at--;
        throw error("an escape that JSON has");
      }
    };
  }

  private char hex() {
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw error("four hexadecimal digits");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  /** Half a surrogate pair is no character: it could not be written again. */
  private void requirePairs() {
    for (int i = 0; i < characters.length(); i++) {
      char next = characters.charAt(i);
      if (Character.isSurrogate(next)) {
        i++;
        boolean pair =
            i < characters.length() && Character.isSurrogatePair(next, characters.charAt(i));
        if (!pair) {
          throw error("surrogates in pairs");
        }
      }
    }
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Returns the error that something else was expected here. */
  InvalidInputException error(String expected) {
    String found =
        at >= text.length()
            ? "the end"
            : "'" + text.substring(at, text.offsetByCodePoints(at, 1)) + "'";
    return new InvalidInputException(
        place + ", character " + at, expected, found, SafetensorsReader.REMEDY);
  }
}
