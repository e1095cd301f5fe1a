package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HoyerSquareTest {

  private static final HoyerSquare PENALTY = new HoyerSquare(1);

  @Test
  void oneWeightIsOneAndEqualOnesAreTheirNumber() {
    assertEquals(1, Tensors.value(PENALTY, Tensors.vector(0, 0, -3, 0, 0)));
    float[] constant = new float[37];
    Arrays.fill(constant, -0.5f);
    assertEquals(37, Tensors.value(PENALTY, Tensors.vector(constant)));
  }

  @Test
  void scaleDoesNotMatter() {
    double value = Tensors.value(PENALTY, Tensors.vector(1, -2, 3, 0.5f));
    // 6.5² / 14.25
    assertEquals(42.25 / 14.25, value, 1e-12);
    assertEquals(value, Tensors.value(PENALTY, Tensors.vector(8, -16, 24, 4)), 1e-12);
  }

  /** Σw² / Σ|w| = 14.25 / 6.5 = 2.19: descent shrinks what is smaller and lets grow what is not. */
  @Test
  void smallWeightsShrinkAndLargeOnesGrow() {
    float[] weights = {1, -2, 3, 0.5f};
    float[] gradient = Tensors.gradient(PENALTY, Tensors.vector(weights));
    assertTrue(gradient[0] > 0 && gradient[1] < 0 && gradient[2] < 0 && gradient[3] > 0);
    // 2 (6.5 / 14.25) (1 - 6.5 / 14.25)
    assertEquals(2 * 6.5 / 14.25 * (1 - 6.5 / 14.25), gradient[0], 1e-7);
    // A step along the weights changes nothing: the gradient is at a right angle to them.
    double product = 0;
    for (int i = 0; i < weights.length; i++) {
      product += weights[i] * gradient[i];
    }
    assertEquals(0, product, 1e-6);
  }

  /** The same over the lengths of units: rows of lengths 5 and 0, and of equal lengths 5. */
  @Test
  void overUnits() {
    GroupHoyerSquare group = new GroupHoyerSquare(1);
    assertEquals(1, Tensors.value(group, Tensors.of("channel", new int[] {2, 2}, 3, 4, 0, 0)));
    Penalized equal = Tensors.of("channel", new int[] {2, 2}, 3, 4, -5, 0);
    assertEquals(2, Tensors.value(group, equal), 1e-12);
    assertArrayEquals(new float[4], Tensors.gradient(group, equal), 1e-7f);
    // Units of one weight: Hoyer-square itself.
    Penalized single = Tensors.of("block:1x1", new int[] {2, 2}, 1, -2, 3, 0.5f);
    assertEquals(Tensors.value(PENALTY, single), Tensors.value(group, single), 1e-12);
    assertArrayEquals(Tensors.gradient(PENALTY, single), Tensors.gradient(group, single), 1e-6f);
  }
}
