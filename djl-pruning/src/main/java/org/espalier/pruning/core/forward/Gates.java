package org.espalier.pruning.core.forward;

import java.util.Locale;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Tiled;
import org.espalier.sparse.pattern.Tiling;
import org.espalier.sparse.pattern.Unstructured;

/** One number per unit of a pattern, by which all weights of the unit are multiplied. */
public final class Gates {

  private Gates() {}

  /** Returns how a tensor is cut into the units of a pattern that {@link #requireUnits} took. */
  public static Tiling tiling(SparsityPattern pattern, int[] shape) {
    return pattern instanceof Tiled tiled
        ? tiled.tiling(shape)
        : new Tiling(Mask.elements(shape), 1, 1, 1);
  }

  /** Refuses a pattern whose units are not groups of weights that live or die as one. */
  static void requireUnits(String rule, SparsityPattern pattern) {
    if (!(pattern instanceof Tiled) && pattern != Unstructured.INSTANCE) {
      throw unfit(rule, "unstructured, or one of blocks, slices or heads", pattern);
    }
  }

  /** Refuses every pattern but single weights. */
  static void requireSingles(String rule, SparsityPattern pattern) {
    if (pattern != Unstructured.INSTANCE) {
      throw unfit(rule, "unstructured", pattern);
    }
  }

  private static InvalidInputException unfit(String rule, String expected, SparsityPattern found) {
    return new InvalidInputException(
        "pattern",
        "%s, as the forward rule '%s' learns which live".formatted(expected, rule),
        "'" + found.text() + "'",
        "choose another pattern or forward rule");
  }

  /** Refuses a number outside of a range. */
  static double require(String key, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new InvalidInputException(
          key,
          String.format(Locale.ROOT, "a number in [%s, %s]", low, high),
          Double.toString(value),
          "correct this key");
    }
    return value;
  }

  /** Refuses a count below a minimum. */
  static long require(String key, long value, long low) {
    if (value < low) {
      throw new InvalidInputException(
          key, "at least " + low, Long.toString(value), "correct this key");
    }
    return value;
  }

  /** Returns 1 / (1 + exp(-x)). */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
