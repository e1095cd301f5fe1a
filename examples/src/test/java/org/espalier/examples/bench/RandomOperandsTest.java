package org.espalier.examples.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomOperandsTest {

  private static final BenchShape SHAPE = new BenchShape(20, 12, 5);

  @ParameterizedTest
  @CsvSource({
    "unstructured, 0.9, 24", // a tenth of 240
    "unstructured, 0, 240",
    "block:4x1, 0.7, 72", // 60 blocks, 18 kept
    "block:4x1, 0.98, 4", // 1.2 blocks round to 1
    "2:4, 0.5, 120",
  })
  void keepsExactlyWhatThePatternSays(String text, double sparsity, int kept) {
    SparsityPattern pattern = SparsityPattern.parse(text);
    RandomOperands operands = RandomOperands.of(SHAPE, pattern, sparsity, 1);
    assertEquals(kept, operands.mask().keptCount());
    assertTrue(pattern.satisfiedBy(operands.mask()));
    assertEquals(operands.mask(), Mask.ofNonZeros(operands.weights(), 20, 12));
    assertEquals(60, operands.input().length);
    for (float value : operands.input()) {
      assertTrue(value != 0 && Math.abs(value) < 1, () -> "out of range: " + value);
    }
  }

  @ParameterizedTest
  @CsvSource({"unstructured", "block:4x1"})
  void theSeedDecides(String text) {
    SparsityPattern pattern = SparsityPattern.parse(text);
    RandomOperands one = RandomOperands.of(SHAPE, pattern, 0.5, 1);
    RandomOperands again = RandomOperands.of(SHAPE, pattern, 0.5, 1);
    RandomOperands other = RandomOperands.of(SHAPE, pattern, 0.5, 2);
    assertArrayEquals(one.weights(), again.weights());
    assertArrayEquals(one.input(), again.input());
    assertFalse(Arrays.equals(one.weights(), other.weights()));
    assertFalse(one.mask().equals(other.mask()));
  }
}
