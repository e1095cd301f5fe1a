package org.espalier.sparse.mask;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The rounding rule of the whole project: how many units survive at a given sparsity. */
public final class Counts {

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private Counts() {}

  /**
   * Returns {@code floor((1 - sparsity) * n + 0.5)}. The sparsity is read as the shortest decimal
   * that denotes it, so that 0.9 of 10 keeps 1 and 0.9 of 5 keeps 1 (0.5 rounds up), where binary
   * arithmetic would keep 0.
   *
   * @param sparsity fraction of zeros, in [0, 1]
   * @param n number of units, at least 0
   * @return units kept, in [0, n]
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static long kept(double sparsity, long n) {
    if (!(sparsity >= 0 && sparsity <= 1)) {
      throw new IllegalArgumentException("sparsity must be in [0, 1], found " + sparsity);
    }
    if (n < 0) {
      throw new IllegalArgumentException("n must be at least 0, found " + n);
    }
    return BigDecimal.ONE
        .subtract(BigDecimal.valueOf(sparsity))
        .multiply(BigDecimal.valueOf(n))
        .add(HALF)
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }
}
