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
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SelectionTest {

  @Test
  void tiesKeepTheLowestIndex() {
    // Three 2s compete for two places: indices 1 and 3 win, 4 loses.
    float[] scores = {1f, 2f, 0f, 2f, 2f};
    assertArrayEquals(new long[] {0b01010}, Selection.largest(scores, 2));
  }

  @Test
  void theTwoZerosTie() {
    assertArrayEquals(new long[] {0b001}, Selection.largest(new float[] {-0f, 0f, 0f}, 1));
  }

  @Test
  void negativeScoresAndInfinitiesOrderAsNumbersDo() {
    float[] scores = {Float.NEGATIVE_INFINITY, -1f, -2f, Float.POSITIVE_INFINITY, -1.5f};
    assertArrayEquals(new long[] {0b01010}, Selection.largest(scores, 2));
    assertArrayEquals(new long[] {0b11010}, Selection.largest(scores, 3));
    assertArrayEquals(new long[] {0b11110}, Selection.largest(scores, 4));
  }

  @Test
  void acrossArraysTiesKeepTheEarlierArray() {
    List<float[]> arrays = List.of(new float[] {1f, 3f}, new float[] {3f, 3f, 0f});
    assertArrayEquals(new int[] {1, 1}, Selection.countsOfLargest(arrays, 2));
    assertArrayEquals(new int[] {2, 2}, Selection.countsOfLargest(arrays, 4));
    assertArrayEquals(new int[] {0, 0}, Selection.countsOfLargest(arrays, 0));
  }

  @Test
  void refusesNaNOfEitherSign() {
    float negativeNaN = Float.intBitsToFloat(0xffc00001);
    for (float nan : new float[] {Float.NaN, negativeNaN}) {
      float[] scores = {1f, nan, 2f};
      for (int k = 0; k <= 3; k++) {
        int count = k;
        Throwable error =
            assertThrows(IllegalArgumentException.class, () -> Selection.largest(scores, count));
        assertEquals("score 1 of array 0 is NaN", error.getMessage());
      }
    }
  }

  @Test
  void refusesMoreThanThereAre() {
    assertThrows(IllegalArgumentException.class, () -> Selection.largest(new float[3], 4));
    assertThrows(IllegalArgumentException.class, () -> Selection.largest(new float[3], -1));
  }

  /** The reference is a stable sort of the indices by falling score. */
  @Property(tries = 300, seed = "1")
  void agreesWithAStableSort(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int n) {
    SplittableRandom random = new SplittableRandom(seed);
    // Few distinct values: many ties.
    float[] scores = new float[n];
    for (int i = 0; i < n; i++) {
      scores[i] = (random.nextInt(9) - 4) * (random.nextBoolean() ? 0.25f : 1e-30f);
    }
    int k = random.nextInt(n + 1);
    Mask mask = Mask.ofWords(new int[] {n}, Selection.largest(scores, k));
    int[] byScore =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -(scores[i] + 0f)))
            .mapToInt(Integer::intValue)
            .toArray();
    assertEquals(k, mask.keptCount());
    assertTrue(Arrays.stream(byScore, 0, k).allMatch(mask::isKept));
  }

  /** Choosing among all, then inside each array by its count, is one and the same choice. */
  @Property(tries = 100, seed = "2")
  void countsAgreeWithTheChoiceOverTheConcatenation(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] a = new float[1 + random.nextInt(70)];
    float[] b = new float[1 + random.nextInt(70)];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextInt(5);
    }
    for (int i = 0; i < b.length; i++) {
      b[i] = random.nextInt(5);
    }
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    int k = random.nextInt(both.length + 1);
    int[] counts = Selection.countsOfLargest(List.of(a, b), k);
    Mask whole = Mask.ofWords(new int[] {both.length}, Selection.largest(both, k));
    Mask first = Mask.ofWords(new int[] {a.length}, Selection.largest(a, counts[0]));
    Mask second = Mask.ofWords(new int[] {b.length}, Selection.largest(b, counts[1]));
    for (int i = 0; i < both.length; i++) {
      boolean expected = i < a.length ? first.isKept(i) : second.isKept(i - a.length);
      assertEquals(expected, whole.isKept(i));
    }
  }
}
