package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts and ties by hand. */
class TiesAndCountsTest {

  private static int[] shape(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "unstructured, 0.9, 2 5, 1", // 0.1 * 10
    "2:4, 0.5, 3 8, 12",
    "2:4, 0.9, 3 8, 12", // never fewer than N
    "2:4, 1, 3 8, 12",
    "2:4, 0.25, 3 8, 18", // 3 of 4
    "2:4, 0.375, 3 8, 18", // 2.5 rounds up to 3 of 4
    "2:4, 0.38, 3 8, 12", // 2.48 rounds down to 2
    "2:4, 0, 3 8, 24",
    "1:10, 0.85, 1 10, 2", // 1.5 rounds up, in decimal arithmetic
    "block:2x2, 0.9, 10 4, 1", // 10 blocks
    "block:2x3, 0.5, 2 1 3 3, 2", // 3 blocks: 1.5 rounds up
    "vector, 0.5, 2 3 4 5, 12", // 24 vectors
    "kernel, 0.5, 3 3 4 5, 5", // 9 kernels
    "channel, 0.3, 10 7, 7",
    "input-channel, 0.3, 7 10, 7",
    "head:4, 0.5, 8 3, 2",
    "head:4:input, 0.4, 3 8, 2", // 2.4
    "balanced:2, 0.5, 3 10, 18", // 6 banks of 5, 2.5 rounds up to 3 each
    "balanced:2, 0.7, 3 16, 12", // 6 banks of 8, 2.4 rounds down to 2 each
    "balanced-pe:2, 0.7, 4 5, 6",
    "kernel-pattern:4, 0.1, 2 2 3 3, 16",
    "strided:3, 0.1, 2 2 3 3, 12",
  })
  void keptCounts(String text, double sparsity, String shape, int kept) {
    assertEquals(kept, SparsityPattern.parse(text).kept(sparsity, shape(shape)));
  }

  @ParameterizedTest
  @CsvSource({
    // every score equal: the first of each group
    "2:4, 1 8, 0.5, 1 1 1 1 1 1 1 1, 11001100",
    "1:2, 2 2, 0.5, 1 1 1 1, 1010",
    // inputs 0 and 1 at positions 0 and 1: pairs (0, 2) and (1, 3)
    "1:2, 1 2 2, 0.5, 1 2 1 1, 1100",
    // blocks in the order of their first weights: top left, top right
    "block:2x2, 2 4, 0.5, 1 2 2 1 2 1 1 2, 11001100",
    "channel, 3 2, 0.5, 1 2 2 1 3 0, 111100",
    "input-channel, 2 3, 0.5, 1 1 1 1 1 1, 110110",
    "head:2:input, 2 4, 0.5, 1 1 2 0 1 1 0 2, 11001100",
    "balanced:2, 1 4, 0.5, 1 1 0 0, 1010",
    // rows 0 and 2 are element 0, rows 1 and 3 element 1; one each, and the third is 8 before 4
    "balanced-pe:2, 4 2, 0.625, 5 1 9 8 4 3 2 8, 10110000",
    "balanced-pe:2, 4 2, 0.625, 5 1 9 3 4 3 2 1, 10101000",
    // 8 in row 2 (element 0) ties with 8 in row 1 (element 1): the lower flat index wins
    "balanced-pe:2, 4 2, 0.625, 5 8 9 8 8 3 2 8, 01110000",
    // offsets 0 and 1 of both kernels of the input: 1 + 4 = 3 + 2
    "strided:2, 2 1 1 2, 0.5, 1 3 4 2, 1010",
    "strided:2, 2 1 1 2, 0.5, 1 3 4 3, 0101",
    // one dead weight at offset 1, two at offset 0
    "strided:2, 2 1 1 2, 0.5, -Infinity 3 -Infinity -Infinity, 0101",
    "strided:2, 2 1 1 2, 0.5, -Infinity -Infinity 5 6, 0101",
  })
  void masksByHand(String text, String shapeText, double sparsity, String scores, String mask) {
    SparsityPattern pattern = SparsityPattern.parse(text);
    int[] shape = shape(shapeText);
    double[] weights = Arrays.stream(scores.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Scores units = pattern.unitScores(Scores.of(weights), shape, Aggregate.SUM);
    byte[] kept = pattern.best(units, shape, pattern.kept(sparsity, shape)).toBytes();
    StringBuilder found = new StringBuilder();
    for (byte b : kept) {
      found.append(b);
    }
    assertEquals(mask, found.toString());
  }

  @Test
  void theTwoZerosTie() {
    int[] shape = {1, 4};
    for (String text : new String[] {"1:2", "balanced:2"}) {
      SparsityPattern pattern = SparsityPattern.parse(text);
      for (Scores scores :
          new Scores[] {Scores.of(-0f, 0f, -0f, 0f), Scores.of(-0d, 0d, 0d, -0d)}) {
        assertArrayEquals(new byte[] {1, 0, 1, 0}, pattern.best(scores, shape, 2).toBytes());
      }
    }
  }

  @Test
  void unitScoresAreTheAggregateInRowMajorOrder() {
    int[] shape = {2, 4};
    Scores scores = Scores.of(1f, -2f, 3f, 4f, 2f, 2f, 0f, -1f);
    SparsityPattern blocks = new Block(2, 2);
    // left: 1 -2 2 2, right: 3 4 0 -1
    double[][] expected = {
      {3, 6},
      {0.75, 1.5},
      {Math.sqrt(13), Math.sqrt(26)},
      {Math.sqrt(13d / 4), Math.sqrt(26d / 4)},
      {2, 4},
      {9, 36}
    };
    for (Aggregate aggregate : Aggregate.values()) {
      assertArrayEquals(
          expected[aggregate.ordinal()],
          blocks.unitScores(scores, shape, aggregate).toDoubles(),
          aggregate.text());
    }
  }

  @Test
  void theMaximumOfNegativeScoresIsNegative() {
    Scores scores = Scores.of(-3f, -1f, -4f, -2f);
    assertArrayEquals(
        new double[] {-1},
        new Block(2, 2).unitScores(scores, new int[] {2, 2}, Aggregate.MAX).toDoubles());
  }

  @Test
  void aUnitWithBothInfinitiesIsChosenLast() {
    float infinity = Float.POSITIVE_INFINITY;
    Scores scores = Scores.of(infinity, -infinity, -5f, -5f);
    int[] shape = {2, 2};
    Scores units = Slice.CHANNEL.unitScores(scores, shape, Aggregate.SUM);
    assertArrayEquals(new byte[] {0, 0, 1, 1}, Slice.CHANNEL.best(units, shape, 1).toBytes());
  }

  @Test
  void sparsitiesThatLeaveNoChoice() {
    assertEquals(OptionalDouble.of(0.5), new NofM(2, 4).fixedSparsity());
    assertEquals(OptionalDouble.of(0.75), new NofM(1, 4).fixedSparsity(new int[] {4, 4}));
    assertEquals(OptionalDouble.of(0.5), new Strided(2).fixedSparsity());
    assertEquals(OptionalDouble.empty(), new Balanced(2).fixedSparsity());
    assertEquals(OptionalDouble.empty(), new Block(2, 2).fixedSparsity(new int[] {4, 4}));
  }

  @Test
  void refusesCountsThatThePatternCannotHave() {
    int[] shape = {2, 4};
    Scores scores = Scores.of(new float[8]);
    Throwable error =
        assertThrows(IllegalArgumentException.class, () -> new NofM(2, 4).best(scores, shape, 3));
    assertEquals("kept must be a multiple of 2 in [0, 8], found 3", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Balanced(2).best(scores, shape, 6));
    assertThrows(IllegalArgumentException.class, () -> new BalancedPe(2).best(scores, shape, 9));
    assertThrows(IllegalArgumentException.class, () -> Slice.CHANNEL.best(scores, shape, 9));
    assertThrows(
        IllegalArgumentException.class, () -> new NofM(2, 4).best(Scores.of(1f), shape, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NofM(1, 2).best(Scores.of(1f, Float.NaN), new int[] {1, 2}, 1));
  }
}
