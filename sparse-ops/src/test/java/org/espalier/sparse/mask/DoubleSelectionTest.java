package org.espalier.sparse.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DoubleSelectionTest {

  /** Scores with ties, both zeros, infinities, and neighbors that differ in the last bit. */
  static double[] scores(SplittableRandom random, int n) {
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] =
          switch (random.nextInt(8)) {
            case 0 -> 0d;
            case 1 -> -0d;
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> Double.NEGATIVE_INFINITY;
            case 4 -> Math.nextUp(1d);
            case 5 -> Double.MIN_VALUE;
            default -> random.nextInt(5) - 2;
          };
    }
    return scores;
  }

  @Test
  void tiesKeepTheLowestIndexAndTheTwoZerosTie() {
    assertArrayEquals(
        new long[] {0b01010}, DoubleSelection.largest(new double[] {1, 2, 0, 2, 2}, 2));
    assertArrayEquals(new long[] {0b001}, DoubleSelection.largest(new double[] {-0d, 0d, 0d}, 1));
  }

  @Test
  void tellsNeighborsApartInEveryDigit() {
    for (int shift : new int[] {0, 16, 32, 48}) {
      double low = Double.longBitsToDouble(0x3ff0_1111_2222_3333L);
      double high = Double.longBitsToDouble(0x3ff0_1111_2222_3333L + (1L << shift));
      assertArrayEquals(new long[] {0b10}, DoubleSelection.largest(new double[] {low, high}, 1));
      assertArrayEquals(new long[] {0b01}, DoubleSelection.largest(new double[] {-low, -high}, 1));
    }
  }

  @Test
  void refusesNaNOfEitherSignAndCountsThatAreNotThere() {
    for (double nan : new double[] {Double.NaN, Double.longBitsToDouble(-1L)}) {
      for (int k = 0; k <= 3; k++) {
        int count = k;
        Throwable error =
            assertThrows(
                IllegalArgumentException.class,
                () -> DoubleSelection.largest(new double[] {1, nan, 2}, count));
        assertEquals("score 1 of array 0 is NaN", error.getMessage());
      }
    }
    for (int k : new int[] {-1, 4}) {
      Throwable error =
          assertThrows(
              IllegalArgumentException.class, () -> DoubleSelection.largest(new double[3], k));
      assertEquals("k must be in [0, 3], found " + k, error.getMessage());
    }
  }

  /** The reference is a stable sort of the indices by falling score. */
  @Property(tries = 100, seed = "1")
  void agreesWithAStableSort(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int n) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = scores(random, n);
    int k = random.nextInt(n + 1);
    Mask mask = Mask.ofWords(new int[] {n}, DoubleSelection.largest(scores, k));
    int[] byScore =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -(scores[i] + 0d)))
            .mapToInt(Integer::intValue)
            .toArray();
    assertEquals(k, mask.keptCount());
    assertTrue(Arrays.stream(byScore, 0, k).allMatch(mask::isKept));
  }

  /** What is exact in single precision is chosen alike by both selections. */
  @Property(tries = 60, seed = "2")
  void agreesWithTheSelectionOfFloats(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] floats = new float[1 + random.nextInt(200)];
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) (random.nextInt(7) - 3) / 3;
      doubles[i] = floats[i];
    }
    int k = random.nextInt(floats.length + 1);
    assertArrayEquals(Selection.largest(floats, k), DoubleSelection.largest(doubles, k));
    assertArrayEquals(
        Selection.countsOfLargest(List.of(floats, floats), 2L * k),
        DoubleSelection.countsOfLargest(List.of(doubles, doubles), 2L * k));
  }
}
