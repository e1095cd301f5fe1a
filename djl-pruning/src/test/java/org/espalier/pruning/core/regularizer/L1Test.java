package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class L1Test {

  @Test
  void theValueIsTheSumOfSizes() {
    // 0.5 (1 + 2 + 0 + 0.5 + 4)
    assertEquals(3.75, Tensors.value(new L1(false, 0.5), Tensors.vector(1, -2, 0, 0.5f, -4)));
  }

  @Test
  void theGradientIsTheSignHoweverSmallTheWeight() {
    float[] weights = {1, -2, 0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE};
    assertArrayEquals(
        new float[] {0.5f, -0.5f, 0, 0, 0.5f, -0.5f, 0.5f},
        Tensors.gradient(new L1(false, 0.5), Tensors.vector(weights)));
  }

  /**
   * The lasso of an orthonormal design, X the identity: argmin |y - v|²/2 + λ |v| is soft
   * thresholding of y by λ (Tibshirani 1996), here λ = 2 and rate 0.25.
   */
  @Test
  void theStepIsSoftThresholding() {
    float[] end =
        Tensors.step(new L1(true, 2), Tensors.vector(1, -2, 0.5f, -0.5f, 0.25f, 0, -0f), 0.25);
    assertArrayEquals(new float[] {0.5f, -1.5f, 0, 0, 0, 0, 0}, end);
    for (int i = 2; i < end.length; i++) {
      assertEquals(0, Float.floatToRawIntBits(end[i]), "entry " + i + " is +0");
    }
  }
}
