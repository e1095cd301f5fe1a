package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

class KernelPatternTest {

  private static final double DEAD = Double.NEGATIVE_INFINITY;

  private static byte[] best(String text, int[] shape, double... scores) {
    SparsityPattern pattern = SparsityPattern.parse(text);
    return pattern.best(Scores.of(scores), shape, pattern.kept(0, shape)).toBytes();
  }

  /** Two kernels vote for {0, 1}, one for {2, 3}: all three take {0, 1}. */
  @Test
  void theMostFrequentShapeWins() {
    assertArrayEquals(
        new byte[] {1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0},
        best("kernel-pattern:2:1", new int[] {3, 1, 2, 2}, 5, 4, 1, 1, 9, 9, 0, 1, 1, 1, 8, 8));
  }

  /** One vote each for {1, 2} and {0, 3}: the one with position 0 comes first. */
  @Test
  void equalVotesGoToTheShapeWhosePositionsComeFirst() {
    assertArrayEquals(
        new byte[] {1, 0, 0, 1, 1, 0, 0, 1},
        best("kernel-pattern:2:1", new int[] {2, 1, 2, 2}, 1, 7, 7, 1, 2, 1, 1, 2));
  }

  /**
   * Votes: {2, 3} twice, {0, 1} once. The last kernel has four equal scores, so it votes for {0, 1}
   * by the lowest positions, but takes {2, 3}, which has as large a sum and more votes.
   */
  @Test
  void equalSumsGoToTheShapeWithMoreVotes() {
    assertArrayEquals(
        new byte[] {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1},
        best("kernel-pattern:2", new int[] {1, 3, 2, 2}, 0, 0, 2, 1, 0, 0, 1, 5, 3, 3, 3, 3));
  }

  /** Three dead kernels would vote for {0}; with one shape to give, the living {3} must win. */
  @Test
  void deadKernelsDoNotPushOutAShapeInUse() {
    double[] scores = {DEAD, DEAD, DEAD, DEAD, DEAD, DEAD, DEAD, DEAD, DEAD, DEAD, DEAD, 1};
    assertArrayEquals(
        new byte[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1},
        best("kernel-pattern:1:1", new int[] {3, 1, 2, 2}, scores));
  }

  /** Two votes each for {0, 1} and {2, 3}; in the last kernel 1 is dead and 0 is huge. */
  @Test
  void aLivingEntryCountsMoreThanAnyFiniteScore() {
    double[] scores = {5, 5, 0, 0, 5, 5, 0, 0, 0, 0, 5, 5, 0, 0, 5, 5, 1e300, DEAD, -1e300, -1};
    byte[] expected = {1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1};
    assertArrayEquals(expected, best("kernel-pattern:2:2", new int[] {5, 1, 2, 2}, scores));
  }

  @Test
  void sparsityFollowsFromTheShape() {
    KernelPattern pattern = new KernelPattern(4, 8);
    assertEquals(OptionalDouble.empty(), pattern.fixedSparsity());
    assertEquals(5d / 9, pattern.fixedSparsity(new int[] {2, 2, 3, 3}).getAsDouble(), 1e-15);
    assertEquals(0.84, pattern.fixedSparsity(new int[] {2, 2, 5, 5}).getAsDouble(), 1e-15);
    assertEquals(16, pattern.kept(0.1, new int[] {2, 2, 3, 3}));
    int[] shape = {2, 2, 3, 3};
    assertThrows(
        IllegalArgumentException.class, () -> pattern.best(Scores.of(new float[36]), shape, 15));
  }

  @Test
  void satisfiedByKEntriesInFewShapes() {
    int[] shape = {3, 1, 1, 3};
    KernelPattern two = new KernelPattern(1, 2);
    assertTrue(two.satisfiedBy(Mask.ofBytes(new byte[] {1, 0, 0, 0, 1, 0, 1, 0, 0}, shape)));
    assertTrue(two.satisfiedBy(Mask.ofBytes(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 1}, shape)));
    assertFalse(two.satisfiedBy(Mask.ofBytes(new byte[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, shape)));
    assertFalse(two.satisfiedBy(Mask.ofBytes(new byte[] {1, 0, 0, 1, 1, 0, 1, 0, 0}, shape)));
  }

  /** Positions of the K best of one kernel, rising, by a stable sort. */
  private static List<Integer> ownBest(double[] scores, int first, int area, int k) {
    List<Integer> positions = new ArrayList<>();
    for (int p = 0; p < area; p++) {
      positions.add(p);
    }
    positions.sort(Comparator.comparingDouble(p -> -(scores[first + p] + 0d)));
    return List.copyOf(new TreeSet<>(positions.subList(0, k)));
  }

  private static int compareLikeWords(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i) - b.get(i);
      }
    }
    return 0;
  }

  /** The definition a second time, with lists of positions in place of words of bits. */
  @Property(tries = 40, seed = "1")
  void agreesWithTheDefinitionOverLists(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int kernels = 4 + random.nextInt(60);
    int[] shape = {kernels, 1, 2 + random.nextInt(2), 2 + random.nextInt(2)};
    int area = shape[2] * shape[3];
    KernelPattern pattern = new KernelPattern(1 + random.nextInt(area - 1), 1 + random.nextInt(9));
    double[] scores = random.doubles(kernels * area).map(x -> Math.floor(x * 5) - 2).toArray();

    Map<List<Integer>, Integer> votes = new TreeMap<>(KernelPatternTest::compareLikeWords);
    for (int kernel = 0; kernel < kernels; kernel++) {
      votes.merge(ownBest(scores, kernel * area, area, pattern.entries()), 1, Integer::sum);
    }
    List<List<Integer>> dictionary = new ArrayList<>(votes.keySet());
    // A stable sort of keys that are in lexicographic order already.
    dictionary.sort(Comparator.comparingInt(positions -> -votes.get(positions)));
    byte[] expected = new byte[kernels * area];
    for (int kernel = 0; kernel < kernels; kernel++) {
      int first = kernel * area;
      List<Integer> best = null;
      double bestSum = 0;
      for (List<Integer> positions :
          dictionary.subList(0, Math.min(pattern.shapes(), dictionary.size()))) {
        double sum = positions.stream().mapToDouble(p -> scores[first + p]).sum();
        if (best == null || sum > bestSum) {
          best = positions;
          bestSum = sum;
        }
      }
      best.forEach(p -> expected[first + p] = 1);
    }
    Mask mask = pattern.best(Scores.of(scores), shape, pattern.kept(0.5, shape));
    assertEquals(Mask.ofBytes(expected, shape), mask);
    assertTrue(pattern.satisfiedBy(mask));
  }
}
