package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GroupLassoTest {

  /** Rows (3, 4) and (0, 0), columns (3, 0) and (4, 0). */
  private static final float[] WEIGHTS = {3, 4, 0, 0};

  @Test
  void valueAndGradientOverRows() {
    Penalized rows = Tensors.of("channel", new int[] {2, 2}, WEIGHTS);
    assertEquals(Math.sqrt(2) * 5, Tensors.value(new GroupLasso(false, 1), rows), 1e-15);
    // √2 (3, 4) / 5: the length of the weights, not of any gradient
    assertArrayEquals(
        new float[] {(float) (Math.sqrt(2) * 0.6), (float) (Math.sqrt(2) * 0.8), 0, 0},
        Tensors.gradient(new GroupLasso(false, 1), rows));
  }

  @Test
  void valueAndGradientOverColumns() {
    Penalized columns = Tensors.of("input-channel", new int[] {2, 2}, WEIGHTS);
    assertEquals(Math.sqrt(2) * 7, Tensors.value(new GroupLasso(false, 1), columns), 1e-15);
    float root = (float) Math.sqrt(2);
    assertArrayEquals(
        new float[] {root, root, 0, 0}, Tensors.gradient(new GroupLasso(false, 1), columns), 1e-6f);
  }

  /** Units of one weight: L1. */
  @Test
  void unitsOfOneWeight() {
    Penalized single = Tensors.of("block:1x1", new int[] {2, 2}, 3, -4, 0, 1);
    assertEquals(8, Tensors.value(new GroupLasso(false, 1), single));
    assertArrayEquals(
        new float[] {1, -1, 0, 1}, Tensors.gradient(new GroupLasso(false, 1), single));
  }

  /** Rate λ √n = 1 and 5: the row (3, 4) shrinks by 1/5, or vanishes; (0, -0) becomes +0. */
  @Test
  void theStepShrinksOrRemovesUnits() {
    Penalized rows = Tensors.of("channel", new int[] {2, 2}, 3, 4, 0, -0f);
    double rate = 1 / Math.sqrt(2);
    assertArrayEquals(
        new float[] {2.4f, 3.2f, 0, 0}, Tensors.step(new GroupLasso(true, 1), rows, rate), 1e-6f);
    float[] gone = Tensors.step(new GroupLasso(true, 5.01), rows, rate);
    for (float w : gone) {
      assertEquals(0, Float.floatToRawIntBits(w));
    }
  }
}
