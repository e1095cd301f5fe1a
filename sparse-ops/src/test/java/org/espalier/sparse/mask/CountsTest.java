package org.espalier.sparse.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountsTest {

  /** Worked by hand: floor((1 - s) * n + 0.5) in decimal arithmetic. */
  @ParameterizedTest
  @CsvSource({
    "0.9, 10, 1",
    "0.9, 5, 1", // 0.5 rounds up; binary floating point gives 0.4999999999999999
    "0.9, 4, 0",
    "0.5, 3, 2", // 1.5 rounds up
    "0.92, 235200, 18816",
    "0.0, 7, 7",
    "1.0, 7, 0",
    "0.999, 1000, 1",
    "0.3, 0, 0",
    "0.7, 5, 2", // 1.5 rounds up
  })
  void keepsTheRoundedShare(double sparsity, long n, long kept) {
    assertEquals(kept, Counts.kept(sparsity, n));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoSparsity(double sparsity) {
    assertThrows(IllegalArgumentException.class, () -> Counts.kept(sparsity, 10));
  }

  @Test
  void refusesNegativeCounts() {
    assertThrows(IllegalArgumentException.class, () -> Counts.kept(0.5, -1));
  }
}
