package org.espalier.pruning.core.criterion;

import org.espalier.sparse.InvalidInputException;

/** What a criterion's number must be, else recipes that say otherwise are refused. */
final class Requirement {

  private Requirement() {}

  /** Refuses a parameter, named by its key, unless it lies in [0, 1]. */
  static void fraction(String key, double value) {
    require(value >= 0 && value <= 1, key, "a number in [0, 1]", value);
  }

  /** Refuses a parameter, named by its key, unless it is finite and above 0. */
  static void positive(String key, double value) {
    require(value > 0 && Double.isFinite(value), key, "a finite number above 0", value);
  }

  /** Refuses a parameter, named by its key, unless the condition on it holds. */
  static void require(boolean holds, String key, String expected, double found) {
    if (!holds) {
      throw new InvalidInputException(key, expected, Double.toString(found), "correct it");
    }
  }
}
