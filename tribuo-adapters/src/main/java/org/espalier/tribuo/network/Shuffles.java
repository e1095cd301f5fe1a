package org.espalier.tribuo.network;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Orders of examples. */
final class Shuffles {

  private Shuffles() {}

  /** Returns 0, 1, 2, ... */
  static int[] ascending(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /**
   * Shuffles in place: R. Durstenfeld, "Algorithm 235: Random permutation", Communications of the
   * ACM 7(7), 1964.
   */
  static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
