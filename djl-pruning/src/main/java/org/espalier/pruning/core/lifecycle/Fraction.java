package org.espalier.pruning.core.lifecycle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;

/**
 * The fraction of the living that a decision drops, along the way from the begin to the end of a
 * schedule.
 *
 * @param first at the begin, in [0, 1]
 * @param last at the end, in [0, 1]; plays no part if the fraction is constant
 * @param anneal how it moves
 */
public record Fraction(double first, double last, Anneal anneal) {

  /** Nothing. */
  public static final Fraction NONE = constant(0);

  /** Fractions are rounded to so many decimals, so that 0.3 (1 + cos(π / 2)) / 2 is 0.15. */
  private static final int DECIMALS = 12;

  /** How a fraction moves with progress p in [0, 1]. */
  public enum Anneal {
    /** It does not. */
    CONSTANT,
    /** last + (first - last) (1 + cos(π p)) / 2; Evci et al. 2020, equation in section 3. */
    COSINE,
    /** last + (first - last) (1 - p); Evci et al. 2020, appendix G, inverse power with k = 1. */
    LINEAR,
    /** last + (first - last) (1 - p)³; the same with k = 3. */
    CUBIC;

    /** Returns the text form. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses what is no fraction. */
  public Fraction {
    Objects.requireNonNull(anneal, "anneal");
    require("fraction", first);
    require("fraction_end", last);
    last = anneal == Anneal.CONSTANT ? first : last;
  }

  /** Returns the fraction that stays what it is. */
  public static Fraction constant(double fraction) {
    return new Fraction(fraction, fraction, Anneal.CONSTANT);
  }

  private static void require(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidInputException(
          key, "a fraction in [0, 1]", Double.toString(value), "0.3 drops three of ten");
    }
  }

  /** Returns the fraction at a progress in [0, 1]. */
  public double at(double progress) {
    double left = 1 - progress;
    return switch (anneal) {
      case CONSTANT -> first;
      case COSINE -> last + (first - last) / 2 * (1 + Math.cos(Math.PI * progress));
      case LINEAR -> last + (first - last) * left;
      case CUBIC -> last + (first - last) * left * left * left;
    };
  }

  /** Returns floor(fraction n), the fraction rounded to 12 decimals. */
  public static int count(double fraction, int n) {
    return BigDecimal.valueOf(fraction)
        .setScale(DECIMALS, RoundingMode.HALF_UP)
        .multiply(BigDecimal.valueOf(n))
        .setScale(0, RoundingMode.FLOOR)
        .intValueExact();
  }

  /** Returns the keys of a recipe that make it. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("fraction", first);
    if (anneal != Anneal.CONSTANT) {
      parameters.put("fraction_end", last);
    }
    parameters.put("anneal", anneal.text());
    return parameters;
  }
}
