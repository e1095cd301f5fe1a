package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.format.RelativeIndexCsc;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class EntrySourceTest {

  private static QueueSetup setup(int elements, int rows) {
    return new QueueSetup(elements, 8, rows, 4096, 4, 0);
  }

  private static boolean[] all(int columns) {
    boolean[] wanted = new boolean[columns];
    Arrays.fill(wanted, true);
    return wanted;
  }

  @Test
  void countsWhatTheFormatStores() {
    SplittableRandom random = new SplittableRandom(5);
    for (int run = 0; run < 60; run++) {
      int rows = random.nextInt(1, 200);
      int columns = random.nextInt(1, 70);
      int elements = random.nextInt(1, 9);
      Mask mask = Uniform.ofDensity(rows, columns, random.nextDouble() / 2).draw(run);
      int from = random.nextInt(rows);
      int count = random.nextInt(1, rows - from + 1);
      float[] part = Arrays.copyOfRange(mask.toFloats(), from * columns, (from + count) * columns);
      RelativeIndexCsc stored = RelativeIndexCsc.ofDense(part, count, columns, elements, 4);
      EntrySource source = new MaskEntries(new Actual(mask), setup(elements, 64));
      int[] entries = source.count(from, count, all(columns));
      long sum = 0;
      for (int column = 0; column < columns; column++) {
        for (int element = 0; element < elements; element++) {
          assertEquals(
              stored.entries(element, column), entries[column * elements + element], "run " + run);
          sum += entries[column * elements + element];
        }
      }
      assertEquals(stored.entries(), sum);
      assertEquals(stored.nonZeros(), Arrays.stream(source.columnNonZeros()).sum());
      assertEquals(stored.nonZeros(), Arrays.stream(source.nonZeros()).sum());
    }
  }

  @Test
  void drawsOnlyWhatIsWanted() {
    EntrySource source = new DrawnEntries(3, 1, setup(2, 64), 1);
    boolean[] wanted = {true, false, true};
    // Five rows on two elements: three and two.
    assertArrayEquals(new int[] {3, 2, 0, 0, 3, 2}, source.count(0, 5, wanted));
    assertArrayEquals(new int[] {5, 0, 5}, source.columnNonZeros());
    assertArrayEquals(new long[] {6, 4}, source.nonZeros());
    assertArrayEquals(new int[6], new DrawnEntries(3, 0, setup(2, 64), 1).count(0, 5, all(3)));
  }

  /** The mean of 40 000 parts against the exact distribution: within five standard errors. */
  @Test
  void drawnEntriesFollowTheExactDistribution() {
    for (double density : new double[] {0.003, 0.02, 0.09, 0.5, 0.97}) {
      double[] rows = new double[50];
      Arrays.fill(rows, density);
      double[] exact = SliceEntries.of(rows, 16);
      int columns = 10_000;
      int[] entries =
          new DrawnEntries(columns, density, setup(4, 50), 7).count(0, 200, all(columns));
      double[] seen = new double[exact.length];
      for (int count : entries) {
        seen[count]++;
      }
      for (int x = 0; x < exact.length; x++) {
        double expected = exact[x] * entries.length;
        assertTrue(
            Math.abs(seen[x] - expected) <= 5 * Math.sqrt(expected) + 3,
            density + ": " + x + " entries " + seen[x] + " times, expected " + expected);
      }
    }
  }
}
