package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueueFormulaTest {

  /** Entries 1 or 2, each half of the time. */
  private static QueueFormula coins(int elements, int depth) {
    SliceKinds kinds =
        new SliceKinds(1, new double[] {elements}, List.of(Slice.of(new double[] {0, 0.5, 0.5})));
    return new QueueFormula(kinds, depth);
  }

  @Test
  void oneElementWorksWithoutPause() {
    for (int depth : new int[] {1, 2, 8, 64}) {
      assertEquals(150, coins(1, depth).cycles(100), 1e-6);
      assertEquals(3000, coins(1, depth).cycles(2000), 1e-5);
    }
  }

  /** Without a queue each column takes the larger part: 2 - (1/2)^P. */
  @Test
  void depthOneIsTheSumOfTheLargestParts() {
    assertEquals(100 * 1.75, coins(2, 1).cycles(100), 1e-9);
    assertEquals(100 * (2 - 1 / 256.0), coins(8, 1).cycles(100), 1e-9);
    assertEquals(0.5 * 1.75, coins(2, 4).cycles(0.5), 1e-9);
  }

  /** An endless queue: the larger of two sums of four coins, 4 + 2 + E|X - Y| / 2, X, Y of four. */
  @Test
  void anEndlessQueueIsTheLargestSum() {
    double[] binomial = {1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};
    double apart = 0;
    for (int x = 0; x < 5; x++) {
      for (int y = 0; y < 5; y++) {
        apart += binomial[x] * binomial[y] * Math.abs(x - y);
      }
    }
    assertEquals(6 + apart / 2, coins(2, 1 << 20).cycles(4), 1e-9);
  }
}
