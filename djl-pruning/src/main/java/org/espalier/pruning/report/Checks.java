package org.espalier.pruning.report;

/** What the records of this package demand of their components. */
final class Checks {

  private Checks() {}

  static String text(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return value;
  }

  /** Demands a number in [0, 1]; NaN is none. */
  static double fraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], found " + value);
    }
    return value;
  }

  /** Demands a number in [0, 1], or null where there is none. */
  static void fractionOrNull(String name, Double value) {
    if (value != null) {
      fraction(name, value);
    }
  }

  static double positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be positive and finite, found " + value);
    }
    return value;
  }

  static double atLeastZero(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite, at least 0, found " + value);
    }
    return value;
  }

  static long atLeast(String name, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", found " + value);
    }
    return value;
  }
}
