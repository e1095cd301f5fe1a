package org.espalier.sparse.pattern;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;

/**
 * How the scores x of the n weights of a unit become the score of the unit, in double precision,
 * weights in row-major order. With magnitude as the score of a weight these are the group norms of
 * H. Li et al., "Pruning Filters for Efficient ConvNets", ICLR 2017: {@link #SUM} is L1.
 */
public enum Aggregate {
  /** The sum of x. */
  SUM,
  /** The sum of x, divided by n. */
  MEAN,
  /** The square root of the sum of x². */
  L2,
  /** The square root of the mean of x²: L2 for units of different sizes. */
  RMS,
  /** The largest x. */
  MAX,
  /**
   * (sum of x)², for signed scores: with x = gradient · weight, the importance of a unit in P.
   * Molchanov et al., "Importance Estimation for Neural Network Pruning", CVPR 2019, equation 8.
   */
  SQUARED_SUM;

  /** Returns the text form: lower case, words joined by a hyphen. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns where the accumulation of a unit starts. */
  double start() {
    return this == MAX ? Double.NEGATIVE_INFINITY : 0;
  }

  /** Returns the accumulation with one more weight. */
  double add(double accumulated, double score) {
    return switch (this) {
      case SUM, MEAN, SQUARED_SUM -> accumulated + score;
      case L2, RMS -> accumulated + score * score;
      case MAX -> Math.max(accumulated, score);
    };
  }

  /**
   * Returns the score of a unit from its accumulation.
   *
   * @param n weights in the unit, at least 1
   */
  double finish(double accumulated, int n) {
    return switch (this) {
      case SUM, MAX -> accumulated;
      case MEAN -> accumulated / n;
      case L2 -> Math.sqrt(accumulated);
      case RMS -> Math.sqrt(accumulated / n);
      case SQUARED_SUM -> accumulated * accumulated;
    };
  }

  /**
   * Returns what unit scores are divided by before units of different sizes compete, so that size
   * alone decides nothing: sums become means, L2 becomes {@link #RMS}; MEAN, RMS and MAX stay.
   *
   * @param n weights in the unit, at least 1
   */
  public double divisor(int n) {
    return switch (this) {
      case SUM -> n;
      case L2 -> Math.sqrt(n);
      case SQUARED_SUM -> (double) n * n;
      case MEAN, RMS, MAX -> 1;
    };
  }

  /** Returns the scores of units of one weight each; the argument where nothing changes. */
  Scores ofSingles(Scores scores) {
    if (this == SUM || this == MEAN || this == MAX) {
      return scores;
    }
    double[] units = scores.toDoubles();
    for (int i = 0; i < units.length; i++) {
      units[i] = this == SQUARED_SUM ? units[i] * units[i] : Math.abs(units[i]);
    }
    return Scores.of(units);
  }

  /**
   * Reads the text form.
   *
   * @throws InvalidInputException if there is no such aggregate
   */
  public static Aggregate parse(String text) {
    return Arrays.stream(values())
        .filter(aggregate -> aggregate.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "aggregate",
                    "one of "
                        + Arrays.stream(values())
                            .map(Aggregate::text)
                            .collect(Collectors.joining(", ")),
                    "'" + text + "'",
                    "use one of those"));
  }
}
