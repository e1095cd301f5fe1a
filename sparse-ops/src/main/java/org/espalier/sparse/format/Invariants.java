package org.espalier.sparse.format;

import org.espalier.sparse.InvalidInputException;

/**
 * The checks that formats share, with messages that name the format and the place.
 *
 * @param format name for people
 */
record Invariants(String format) {

  void require(boolean holds, String place, String expected, long found) {
    if (!holds) {
      throw broken(place, expected, found);
    }
  }

  InvalidInputException broken(String place, String expected, Object found) {
    return new InvalidInputException(
        format + ", " + place,
        expected,
        String.valueOf(found),
        "write the matrix again from its dense form");
  }

  void extents(int rows, int columns) {
    require(rows >= 0, "rows", "at least 0", rows);
    require(columns >= 0, "columns", "at least 0", columns);
  }

  /** Returns the length of an array, which fill may make longer than the dense matrix is. */
  int arrayLength(String what, long length) {
    require(length <= Integer.MAX_VALUE - 8, what, "no more than an array holds", length);
    return (int) length;
  }

  void length(String what, long expected, String reason, long found) {
    require(found == expected, what, expected + ", " + reason, found);
  }

  /**
   * Checks compressed lines.
   *
   * @param line what is compressed, such as "row"
   * @param lines how many there are
   * @param stored entries, or blocks
   * @param unit name of what is stored, in the plural
   */
  void pointers(String line, long lines, int[] pointers, int stored, String unit) {
    require(
        pointers.length == lines + 1, line + " pointers", lines + 1 + " of them", pointers.length);
    require(pointers[0] == 0, "first " + line + " pointer", "0", pointers[0]);
    for (int i = 0; i < lines; i++) {
      if (pointers[i + 1] < pointers[i]) {
        throw broken(
            line + " " + i, "an end at or after its start, " + pointers[i], pointers[i + 1]);
      }
    }
    length(
        "last " + line + " pointer",
        stored,
        "the number of " + unit,
        pointers[pointers.length - 1]);
  }

  /**
   * Checks the indices of compressed lines whose pointers are sound: in range and ascending.
   *
   * @param line what is compressed, such as "row"
   * @param across what the indices count, such as "column"
   * @param limit how many of them there are
   */
  void ascending(String line, int[] pointers, String across, int[] indices, long limit) {
    for (int i = 0; i + 1 < pointers.length; i++) {
      int previous = -1;
      for (int at = pointers[i]; at < pointers[i + 1]; at++) {
        int index = indices[at];
        if (index < 0 || index >= limit) {
          throw broken(
              line + " " + i + ", entry " + at, "a " + across + " in [0, " + limit + ")", index);
        }
        if (index <= previous) {
          throw broken(
              line + " " + i + ", entry " + at, "a " + across + " above " + previous, index);
        }
        previous = index;
      }
    }
  }
}
