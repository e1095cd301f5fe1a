package org.espalier.hw.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TileCountsTest {

  private static double[] all(TileCounts counts) {
    return IntStream.rangeClosed(0, counts.most()).mapToDouble(counts::probability).toArray();
  }

  /** Two of five balls, three drawn: C(2,x) C(3,3-x) / C(5,3) = 1, 6, 3 of 10. */
  @Test
  void anUrnWorkedByHand() {
    TileCounts urn = TileCounts.hypergeometric(5, 2, 3);
    assertArrayEquals(new double[] {0.1, 0.6, 0.3}, all(urn), 1e-15);
    assertEquals(1.2, urn.mean(), 1e-15);
    assertEquals(0.1 * 1.44 + 0.6 * 0.04 + 0.3 * 0.64, urn.variance(), 1e-15);
    assertEquals(0, urn.probability(3));
  }

  /** Counts 0, 1, 2 with .1, .6, .3: units of two take 0, 1, 1 steps. */
  @Test
  void stepsAndMaximaWorkedByHand() {
    TileCounts counts = TileCounts.of(1, 6, 3);
    assertEquals(0.9, counts.expectedSteps(2), 1e-15);
    assertEquals(counts.mean(), counts.expectedSteps(1), 1e-15);
    // Of two tiles: P(max <= 0) = .01, P(max <= 1) = .49.
    assertEquals(0.48 + 2 * 0.51, counts.expectedMaximum(2), 1e-15);
    assertEquals(counts.mean(), counts.expectedMaximum(1), 1e-15);
    // .01, .12, .36 + .06, .36, .09.
    double[] sum = {0.01, 0.12, 0.42, 0.36, 0.09};
    assertArrayEquals(sum, all(counts.plus(counts)), 1e-15);
  }

  @Test
  void theEndsAreCertain() {
    assertArrayEquals(new double[] {0, 0, 0, 1}, all(TileCounts.hypergeometric(9, 9, 3)));
    assertArrayEquals(new double[] {1}, all(TileCounts.hypergeometric(9, 0, 3)));
    assertArrayEquals(new double[] {0, 0, 0, 0, 1}, all(TileCounts.always(4)));
    // Eight of nine live, so that at most one of three drawn is dead.
    assertArrayEquals(
        new double[] {0, 0, 1 / 3.0, 2 / 3.0}, all(TileCounts.hypergeometric(9, 8, 3)), 1e-15);
  }

  /** The mean n K / N and the variance n K/N (1 - K/N) (N - n) / (N - 1) of any textbook. */
  @Property(tries = 200, seed = "1")
  void momentsAreThoseOfTheTextbook(
      @ForAll @IntRange(min = 2, max = 2_000_000_000) int elements,
      @ForAll @IntRange(min = 0, max = 1000) int perMille,
      @ForAll @IntRange(min = 1, max = 500) int wanted) {
    long nonZeros = (long) elements * perMille / 1000;
    int drawn = Math.min(wanted, elements);
    TileCounts counts = TileCounts.hypergeometric(elements, nonZeros, drawn);
    double share = (double) nonZeros / elements;
    double mean = drawn * share;
    double variance = mean * (1 - share) * (elements - drawn) / (elements - 1.0);
    assertEquals(mean, counts.mean(), 1e-9 * drawn);
    assertEquals(variance, counts.variance(), 1e-7 * drawn);
  }

  /** What machines build on: more non-zeros never mean fewer steps. */
  @Property(tries = 200, seed = "2")
  void stepsGrowWithNonZeros(
      @ForAll @IntRange(min = 64, max = 5000) int elements,
      @ForAll @IntRange(min = 1, max = 64) int drawn,
      @ForAll @IntRange(min = 1, max = 20) int size) {
    double before = 0;
    for (int eighth = 0; eighth <= 8; eighth++) {
      TileCounts counts = TileCounts.hypergeometric(elements, elements * eighth / 8, drawn);
      assertTrue(counts.expectedSteps(size) >= before - 1e-12);
      before = counts.expectedSteps(size);
    }
    assertEquals((drawn + size - 1) / size, before);
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThrows(IllegalArgumentException.class, () -> TileCounts.of(1, -1));
    assertThrows(IllegalArgumentException.class, () -> TileCounts.of(0, 0));
    assertThrows(IllegalArgumentException.class, () -> TileCounts.of(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> TileCounts.hypergeometric(5, 6, 1));
    assertThrows(IllegalArgumentException.class, () -> TileCounts.hypergeometric(5, 1, 6));
  }
}
