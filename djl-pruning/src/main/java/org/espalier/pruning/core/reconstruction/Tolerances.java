package org.espalier.pruning.core.reconstruction;

import org.espalier.sparse.InvalidInputException;

/** Checks of numbers that say how near is near enough. */
final class Tolerances {

  private Tolerances() {}

  /** Refuses a negative or infinite number. */
  static void require(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          name, "a number of at least 0", Double.toString(value), "0 finds what is exact");
    }
  }
}
