package org.espalier.pruning.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharesTest {

  private static int[] rooms(int... rooms) {
    return rooms;
  }

  @Test
  void largestRemaindersByHand() {
    // 10 times (.5, .3, .2)
    assertArrayEquals(
        new int[] {5, 3, 2}, Shares.of(10, new double[] {5, 3, 2}, rooms(99, 99, 99)));
    // 7 times (3, 2, 1) / 6 = 3.5, 2.33, 1.17: the odd one goes to 3.5
    assertArrayEquals(new int[] {4, 2, 1}, Shares.of(7, new double[] {3, 2, 1}, rooms(9, 9, 9)));
    // 2 times a third each = .67: the first two
    assertArrayEquals(new int[] {1, 1, 0}, Shares.of(2, new double[] {1, 1, 1}, rooms(9, 9, 9)));
  }

  @Test
  void whoIsFullPassesTheRestOn() {
    // 10 times (.5, .25, .25): the first takes 2, of the other 8 each 4, the second takes 3
    assertArrayEquals(new int[] {2, 3, 5}, Shares.of(10, new double[] {2, 1, 1}, rooms(2, 3, 9)));
    // the only one with weight is full: the rest by room, 4 times (1, 3) / 4
    assertArrayEquals(new int[] {3, 1, 3}, Shares.of(7, new double[] {1, 0, 0}, rooms(3, 1, 3)));
    // nobody has weight: 2 times (2, 0, 2) / 4
    assertArrayEquals(new int[] {1, 0, 1}, Shares.of(2, new double[3], rooms(2, 0, 2)));
    assertArrayEquals(new int[2], Shares.of(0, new double[] {1, 1}, rooms(0, 0)));
  }

  @Test
  void theSumIsAlwaysTheTotalAndNobodyOverflows() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 2000; trial++) {
      int n = random.nextInt(1, 7);
      double[] weights = random.doubles(n, 0, 1).map(w -> w < 0.3 ? 0 : w * w * w).toArray();
      int[] rooms = random.ints(n, 0, 20).toArray();
      int total = random.nextInt(Arrays.stream(rooms).sum() + 1);
      int[] shares = Shares.of(total, weights, rooms);
      assertEquals(total, Arrays.stream(shares).sum());
      for (int i = 0; i < n; i++) {
        assertTrue(shares[i] >= 0 && shares[i] <= rooms[i]);
      }
    }
  }
}
