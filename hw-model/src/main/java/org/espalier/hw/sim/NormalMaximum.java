package org.espalier.hw.sim;

import org.espalier.hw.workload.TileCounts;

/** How far the largest of several alike normal variables lies above their mean. */
public final class NormalMaximum {

  /** Coins whose sum stands for a normal variable: mean 450, standard deviation 15. */
  private static final int COINS = 900;

  private static final TileCounts HEADS = binomial();

  private NormalMaximum() {}

  private static TileCounts binomial() {
    TileCounts coin = TileCounts.of(1, 1);
    TileCounts sum = TileCounts.always(0);
    for (int i = 0; i < COINS; i++) {
      sum = sum.plus(coin);
    }
    return sum;
  }

  /**
   * Returns the expectation, in standard deviations.
   *
   * @param variables at least 1
   */
  public static double expected(int variables) {
    return Math.max(0, (HEADS.expectedMaximum(variables) - COINS / 2.0) / (Math.sqrt(COINS) / 2));
  }
}
