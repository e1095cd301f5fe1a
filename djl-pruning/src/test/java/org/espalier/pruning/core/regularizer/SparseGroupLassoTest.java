package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SparseGroupLassoTest {

  private static final Penalized ROWS = Tensors.of("channel", new int[] {2, 2}, 4, -5, 1, 0.5f);

  @Test
  void theTwoEndsAreGroupLassoAndL1() {
    assertEquals(
        Tensors.value(new GroupLasso(false, 0.3), ROWS),
        Tensors.value(new SparseGroupLasso(false, 0.3, 0), ROWS));
    assertEquals(
        Tensors.value(new L1(false, 0.3), ROWS),
        Tensors.value(new SparseGroupLasso(false, 0.3, 1), ROWS));
  }

  /** 0.25 (√2 (√41 + √1.25)) + 0.75 (10.5), by hand 2.6590 + 7.875. */
  @Test
  void theValueMixesBoth() {
    double expected = 0.25 * Math.sqrt(2) * (Math.sqrt(41) + Math.sqrt(1.25)) + 7.875;
    assertEquals(expected, Tensors.value(new SparseGroupLasso(false, 1, 0.75), ROWS), 1e-12);
  }

  /**
   * Rate 1, λ = 2, α = 0.5: soft thresholding by 1 leaves (3, -4), (0, 0); the group step takes √2
   * of the length 5: (3, -4)(1 - √2 / 5).
   */
  @Test
  void theStepThresholdsThenShrinks() {
    float factor = (float) (1 - Math.sqrt(2) / 5);
    assertArrayEquals(
        new float[] {3 * factor, -4 * factor, 0, 0},
        Tensors.step(new SparseGroupLasso(true, 2, 0.5), ROWS, 1),
        1e-6f);
  }
}
