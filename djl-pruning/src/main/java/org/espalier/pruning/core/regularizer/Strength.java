package org.espalier.pruning.core.regularizer;

import org.espalier.pruning.core.config.Parameter;
import org.espalier.sparse.InvalidInputException;

/** What all regularizers share: the factor before the penalty. */
final class Strength {

  /** Its key, the same for all. */
  static final Parameter PARAMETER =
      Parameter.number("strength", "λ, the factor of the penalty, at least 0");

  private Strength() {}

  /** Returns a strength; refuses negative ones, NaN and infinity. */
  static double require(double strength) {
    return require("strength", strength);
  }

  /** Returns a number that must be finite and at least 0. */
  static double require(String key, double number) {
    if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          key, "a number of at least 0", Double.toString(number), "begin with 1e-4");
    }
    return number;
  }
}
