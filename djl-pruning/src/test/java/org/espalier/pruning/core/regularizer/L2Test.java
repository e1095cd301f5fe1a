package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class L2Test {

  @Test
  void valueAndGradient() {
    Penalized tensor = Tensors.vector(1, -2, 0, 0.5f, 3);
    // 0.5 / 2 (1 + 4 + 0.25 + 9)
    assertEquals(3.5625, Tensors.value(new L2(L2.Form.COUPLED, 0.5), tensor));
    assertArrayEquals(
        new float[] {0.5f, -1, 0, 0.25f, 1.5f},
        Tensors.gradient(new L2(L2.Form.COUPLED, 0.5), tensor));
  }

  @Test
  void stepsAfterTheUpdate() {
    Penalized tensor = Tensors.vector(1, -2, 0, 4);
    // 1 - 0.5 * 0.5, and 1 / (1 + 2 * 0.5)
    assertArrayEquals(
        new float[] {0.75f, -1.5f, 0, 3},
        Tensors.step(new L2(L2.Form.DECOUPLED, 0.5), tensor, 0.5));
    assertArrayEquals(
        new float[] {0.5f, -1, 0, 2}, Tensors.step(new L2(L2.Form.PROXIMAL, 0.5), tensor, 2));
  }
}
