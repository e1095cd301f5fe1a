package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LargestSumTest {

  /**
   * From tables: 1 - Phi(1.959964) = .025. E max of 2 is 1 / sqrt(pi), of 3 it is 1.5 times that.
   */
  @Test
  void normalDistribution() {
    assertEquals(0.5, Normal.above(0), 1e-7);
    assertEquals(0.025, Normal.above(1.959964), 1e-7);
    assertEquals(0.975, Normal.above(-1.959964), 1e-7);
    assertEquals(0, Normal.largestOf(1), 1e-6);
    assertEquals(1 / Math.sqrt(Math.PI), Normal.largestOf(2), 1e-5);
    assertEquals(1.5 / Math.sqrt(Math.PI), Normal.largestOf(3), 1e-5);
    assertEquals(2.344, Normal.largestOf(64), 1e-3);
  }

  /** Two coins: the larger is 1 with probability 3/4. A coin and a sure 2: 2. */
  @Test
  void narrowSumsAreExact() {
    WorkSum coin = WorkSum.of(new double[] {0.5, 0.5});
    assertEquals(0.75, LargestSum.expected(new WorkSum[] {coin}, new double[] {2}, 1), 1e-15);
    assertEquals(0.75, LargestSum.expected(new WorkSum[] {coin}, new double[] {1}, 2), 1e-15);
    WorkSum two = WorkSum.of(new double[] {0, 0, 1});
    assertEquals(2, LargestSum.expected(new WorkSum[] {coin, two}, new double[] {3, 1}, 1), 1e-15);
    // Two coins each: 1 - (1/4)^2 at least 1, and 1 - (3/4)^2 equal to 2.
    WorkSum coins = coin.plus(coin);
    assertEquals(
        1 - 1 / 16.0 + 1 - 9 / 16.0,
        LargestSum.expected(new WorkSum[] {coins}, new double[] {2}, 1),
        1e-15);
  }

  /** 200 parts of 0 to 3: wide, against the exact convolution. */
  @Test
  void wideSumsAreClose() {
    double[] part = {0.4, 0.3, 0.2, 0.1};
    WorkSum sum = WorkSum.of(part);
    double[] exact = part;
    for (int i = 1; i < 200; i++) {
      sum = sum.plus(WorkSum.of(part));
      double[] next = new double[exact.length + 3];
      for (int a = 0; a < exact.length; a++) {
        for (int b = 0; b < 4; b++) {
          next[a + b] += exact[a] * part[b];
        }
      }
      exact = next;
    }
    assertFalse(sum.isNarrow());
    for (int count : new int[] {1, 4, 64, 256}) {
      double expected = 0;
      double below = 0;
      for (double p : exact) {
        expected += 1 - Math.pow(below, count);
        below += p;
      }
      double largest = LargestSum.expected(new WorkSum[] {sum}, new double[] {count}, 1);
      // The first value, 0, is always reached. One standard deviation is 14: within 1 % of it.
      assertEquals(expected - 1, largest, 0.15, count + " sums");
    }
    assertTrue(WorkSum.of(part).isNarrow());
  }
}
