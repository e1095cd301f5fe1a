package org.espalier.tribuo.selection;

import java.util.SplittableRandom;

/** Random order: R. Durstenfeld, "Algorithm 235: Random permutation", CACM 7 (1964). */
final class Shuffle {

  private Shuffle() {}

  static void shuffle(int[] order, SplittableRandom random) {
    for (int last = order.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int held = order[last];
      order[last] = order[other];
      order[other] = held;
    }
  }
}
