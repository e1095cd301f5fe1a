package org.espalier.sparse.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ScoresTest {

  @Test
  void readsBothPrecisions() {
    Scores floats = Scores.of(1f, 0.1f);
    Scores doubles = Scores.of(1d, 0.1d);
    assertEquals(2, floats.size());
    assertEquals(2, doubles.size());
    assertEquals(0.1f, floats.at(1));
    assertEquals(0.1d, doubles.at(1));
    assertArrayEquals(new double[] {1, 0.1f}, floats.toDoubles());
    double[] copy = doubles.toDoubles();
    copy[0] = 7;
    assertEquals(1, doubles.at(0));
  }

  @Test
  void anExcludedScoreComesLast() {
    for (Scores scores : List.of(Scores.of(3f, -1f, 2f), Scores.of(3d, -1d, 2d))) {
      scores.exclude(0);
      assertEquals(Double.NEGATIVE_INFINITY, scores.at(0));
      assertArrayEquals(new long[] {0b110}, scores.largest(2));
      assertArrayEquals(new long[] {0b111}, scores.largest(3));
    }
  }

  @Test
  void divisionIsInDoublePrecision() {
    Scores scores = Scores.of(1f, 2f);
    assertSame(scores, scores.dividedBy(1));
    assertNotSame(scores, scores.dividedBy(3));
    assertArrayEquals(new double[] {1d / 3, 2d / 3}, scores.dividedBy(3).toDoubles());
    assertEquals(1, scores.at(0));
  }

  @Test
  void findsTheFirstNaN() {
    assertEquals(-1, Scores.of(1f, Float.POSITIVE_INFINITY).firstNaN());
    assertEquals(1, Scores.of(1f, Float.NaN, Float.NaN).firstNaN());
    assertEquals(-1, Scores.of(1d, Double.NEGATIVE_INFINITY).firstNaN());
    assertEquals(2, Scores.of(1d, 2d, Double.NaN).firstNaN());
  }

  /** 0.1f is above 0.1d: what ties in single precision does not when one list is in double. */
  @Test
  void mixedListsCompareInDoublePrecision() {
    List<Scores> mixed = List.of(Scores.of(0.1d, 0.1d), Scores.of(0.1f, -0f), Scores.of(0d));
    assertArrayEquals(new int[] {0, 1, 0}, Scores.countsOfLargest(mixed, 1));
    assertArrayEquals(new int[] {1, 1, 0}, Scores.countsOfLargest(mixed, 2));
    // -0 in the second ties with 0 in the third: the earlier element wins
    assertArrayEquals(new int[] {2, 2, 0}, Scores.countsOfLargest(mixed, 4));
    assertArrayEquals(new int[] {2, 2, 1}, Scores.countsOfLargest(mixed, 5));
    assertThrows(IllegalArgumentException.class, () -> Scores.countsOfLargest(mixed, 6));
  }

  private record Place(double score, int list) {}

  /** The reference is a stable sort of all scores by falling value. */
  @Property(tries = 60, seed = "3")
  void countsAgreeWithAStableSort(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Scores> lists = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (int a = 0; a < 4; a++) {
      double[] doubles = DoubleSelectionTest.scores(random, random.nextInt(40));
      float[] floats = new float[doubles.length];
      boolean isFloat = random.nextBoolean();
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
        places.add(new Place(isFloat ? floats[i] : doubles[i], a));
      }
      lists.add(isFloat ? Scores.of(floats) : Scores.of(doubles));
    }
    places.sort(Comparator.comparingDouble(place -> -(place.score + 0d)));
    int k = random.nextInt(places.size() + 1);
    int[] expected = new int[lists.size()];
    places.subList(0, k).forEach(place -> expected[place.list]++);
    assertArrayEquals(expected, Scores.countsOfLargest(lists, k));
  }
}
