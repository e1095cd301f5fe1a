package org.espalier.pruning.core.criterion;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which measurement stands for the diagonal h of the Hessian. */
public enum Curvature {
  /** Hutchinson's estimate by random vectors: unbiased, may be negative. */
  HUTCHINSON(Statistic.HESSIAN_DIAGONAL),
  /** Mean squared gradient of single examples: the empirical Fisher matrix, never negative. */
  FISHER(Statistic.GRADIENT_SQUARE),
  /** Entry by entry, for small networks; may be negative. */
  EXACT(Statistic.HESSIAN_DIAGONAL_EXACT);

  private final Statistic statistic;

  Curvature(Statistic statistic) {
    this.statistic = statistic;
  }

  /** Returns the measurement. */
  public Statistic statistic() {
    return statistic;
  }

  /** Returns the text form: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns all text forms. */
  static List<String> texts() {
    return Arrays.stream(values()).map(Curvature::text).toList();
  }
}
