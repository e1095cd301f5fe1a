package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SliceEntriesTest {

  /** All 2^rows parts, each with its probability, padding counted from the gaps. */
  private static double[] enumerated(double[] density, int span) {
    double[] entries = new double[density.length + 1];
    for (int bits = 0; bits < 1 << density.length; bits++) {
      double probability = 1;
      int count = 0;
      int zeros = 0;
      for (int row = 0; row < density.length; row++) {
        boolean alive = (bits >> row & 1) != 0;
        probability *= alive ? density[row] : 1 - density[row];
        if (alive) {
          count += 1 + zeros / span;
          zeros = 0;
        } else {
          zeros++;
        }
      }
      entries[count] += probability;
    }
    return entries;
  }

  @Test
  void equalsAnEnumerationOfAllParts() {
    SplittableRandom random = new SplittableRandom(9);
    for (int rows = 0; rows <= 13; rows++) {
      for (int span : new int[] {2, 4, 8, 16}) {
        double[] density = random.doubles(rows).toArray();
        assertArrayEquals(enumerated(density, span), SliceEntries.of(density, span), 1e-14);
      }
    }
    assertArrayEquals(
        enumerated(new double[] {1, 0, 1}, 2), SliceEntries.of(new double[] {1, 0, 1}, 2));
  }

  /**
   * Padding per non-zero is sum over q of (1 - d)^(16 q) max(L - 16 q, 0) / L. For L = 64 and d =
   * .09: .2211 .75 + .0489 .5 + .0108 .25 = .1930; and for d = .04: .5204 .75 + .2708 .5 + .1409
   * .25 = .5609.
   */
  @Test
  void paddingIsThatOfTheFormula() {
    assertEquals(0.1930, padding(64, 0.09), 1e-4);
    assertEquals(0.5609, padding(64, 0.04), 1e-4);
  }

  private static double padding(int rows, double density) {
    double[] densities = new double[rows];
    Arrays.fill(densities, density);
    return SliceEntries.mean(SliceEntries.of(densities, 16)) / (rows * density) - 1;
  }

  @Test
  void emptyPartsTakeACycle() {
    assertArrayEquals(
        new double[] {0, 0.75, 0.25}, SliceEntries.work(new double[] {0.25, 0.5, 0.25}));
    assertArrayEquals(new double[] {0, 1}, SliceEntries.work(new double[] {1}));
  }

  /** Long parts are extrapolated: against the exact program over all rows. */
  @Test
  void longPartsExtendShortOnes() {
    for (double density : new double[] {0.02, 0.1, 0.6}) {
      double[] rows = new double[700];
      Arrays.fill(rows, density);
      WorkSum exact = WorkSum.of(SliceEntries.of(rows, 16));
      Slice slice = Slice.of(rows, 16);
      assertEquals(exact.mean(), slice.entries(), 2e-3 * exact.mean());
      assertEquals(exact.deviation(), slice.work().deviation(), 0.05 * exact.deviation());
    }
  }
}
