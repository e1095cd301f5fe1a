package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.TinyPatterns.Tiny;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pattern against all masks that there are of a few weights. */
class PatternOptimalityTest {

  private static final List<Double> SPARSITIES = List.of(0d, 0.3, 0.5, 2d / 3, 0.8, 1d);

  static List<Tiny> tinyPatterns() {
    return TinyPatterns.all();
  }

  private static Mask mask(int bits, int[] shape) {
    return Mask.ofWords(shape, new long[] {bits});
  }

  private static int[] allowed(Tiny tiny) {
    return IntStream.range(0, 1 << tiny.elements()).filter(tiny.allows()).toArray();
  }

  @ParameterizedTest
  @MethodSource("tinyPatterns")
  void satisfiedByJustTheMasksOfThePattern(Tiny tiny) {
    SparsityPattern pattern = tiny.pattern();
    int satisfied = 0;
    for (int bits = 0; bits < 1 << tiny.elements(); bits++) {
      boolean expected = tiny.allows().test(bits);
      satisfied += expected ? 1 : 0;
      assertEquals(expected, pattern.satisfiedBy(mask(bits, tiny.shape())), () -> tiny.toString());
    }
    assertTrue(satisfied > 1);
    assertFalse(
        pattern.misfit(tiny.shape()).isPresent(), () -> pattern.misfit(tiny.shape()).toString());
  }

  /** Small whole numbers: sums are exact, and there are many ties. */
  private static double[] scores(Tiny tiny, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(tiny.elements()).map(x -> Math.floor(x * 9) - 4).toArray();
  }

  private static double total(int bits, double[] scores) {
    return IntStream.range(0, scores.length)
        .filter(i -> (bits >> i & 1) != 0)
        .mapToDouble(i -> scores[i])
        .sum();
  }

  /**
   * The largest total of all masks that the pattern allows with this count; of equal ones that
   * which keeps the lowest index where they differ.
   */
  private static int bestOf(int[] allowed, int keptWeights, double[] scores) {
    int best = -1;
    for (int bits : allowed) {
      if (Integer.bitCount(bits) == keptWeights) {
        double gain = best < 0 ? 1 : total(bits, scores) - total(best, scores);
        if (gain > 0 || gain == 0 && firstDifferenceIsKept(bits, best)) {
          best = bits;
        }
      }
    }
    return best;
  }

  private static boolean firstDifferenceIsKept(int bits, int other) {
    return (Integer.lowestOneBit(bits ^ other) & bits) != 0;
  }

  /** At these sparsities 1:2, for example, is on its way and keeps all of each 2. */
  private static boolean isOnItsWay(SparsityPattern pattern, Tiny tiny, int kept) {
    return pattern.fixedSparsity().isPresent() && kept != pattern.kept(1, tiny.shape());
  }

  @ParameterizedTest
  @MethodSource("tinyPatterns")
  void keepsTheLargestTotalOfAllAllowedMasks(Tiny tiny) {
    SparsityPattern pattern = tiny.pattern();
    int[] allowed = allowed(tiny);
    int[] shape = tiny.shape();
    for (int seed = 0; seed < 12; seed++) {
      double[] scores = scores(tiny, seed);
      for (double sparsity : SPARSITIES) {
        int kept = pattern.kept(sparsity, shape);
        if (isOnItsWay(pattern, tiny, kept)) {
          continue;
        }
        Scores units = pattern.unitScores(Scores.of(scores.clone()), shape, Aggregate.SUM);
        assertEquals(pattern.units(shape), units.size());
        Mask mask = pattern.best(units, shape, kept);
        int expected = bestOf(allowed, kept * tiny.unitSize(), scores);
        String what = tiny + ", sparsity " + sparsity + ", scores " + Arrays.toString(scores);
        if (tiny.text().startsWith("balanced-pe")) {
          // Its ties go to the lower element, which need not hold the lower index.
          int bits = (int) mask.toWords()[0];
          assertTrue(tiny.allows().test(bits), what);
          assertEquals(kept, mask.keptCount(), what);
          assertEquals(total(expected, scores), total(bits, scores), what);
        } else {
          assertEquals(mask(expected, shape), mask, what);
        }
      }
    }
  }
}
