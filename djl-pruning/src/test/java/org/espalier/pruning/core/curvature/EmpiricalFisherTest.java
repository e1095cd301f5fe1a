package org.espalier.pruning.core.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class EmpiricalFisherTest {

  @Test
  void oneExampleByHand() {
    // H = I + g gᵀ with g = (1, 1): [2 1; 1 2], its inverse [2 -1; -1 2] / 3
    EmpiricalFisher fisher = new EmpiricalFisher(new float[] {1, 1}, 2, 1);
    assertArrayEquals(
        new double[] {2 / 3., 2 / 3.}, fisher.inverseDiagonal(new int[] {0, 1}), 1e-15);
    // a single weight is a smaller space than the examples: 1 / H_qq
    assertArrayEquals(new double[] {0.5}, fisher.inverseDiagonal(new int[] {1}), 1e-15);
    // w_0 = 3 dies: H_11^-1 H_10 w_0 = 1/2 · 1 · 3
    assertArrayEquals(
        new double[] {1.5}, fisher.update(new int[] {1}, new int[] {0}, new float[] {3, 5}), 1e-15);
  }

  @Test
  void nothingDiesNothingChanges() {
    EmpiricalFisher fisher = new EmpiricalFisher(new float[] {1, 2, 3}, 3, 0.1);
    assertArrayEquals(
        new double[2], fisher.update(new int[] {0, 2}, new int[0], new float[] {1, 2, 3}));
    assertArrayEquals(
        new double[0], fisher.update(new int[0], new int[] {1}, new float[] {1, 2, 3}));
  }

  /** [H^-1]_qq >= 1 / H_qq of any positive definite matrix, also where 1 - 1 would be left. */
  @Test
  void theDiagonalStaysPositive() {
    EmpiricalFisher fisher = new EmpiricalFisher(new float[] {1e10f, 1}, 2, 1e-8);
    for (double d : fisher.inverseDiagonal(new int[] {0, 1})) {
      assertTrue(d >= 0.99e-20 && Double.isFinite(d));
    }
  }

  @Test
  void anImpossibleLambdaIsRefused() {
    // G Gᵀ = [4 4; 4 4]: the second pivot is exactly 0, for 4 + 2e-300 rounds to 4
    EmpiricalFisher fisher = new EmpiricalFisher(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 4, 1e-300);
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class, () -> fisher.inverseDiagonal(new int[] {0, 1, 2, 3}));
    assertEquals("lambda", error.place());
    assertThrows(IllegalArgumentException.class, () -> new EmpiricalFisher(new float[3], 2, 0.1));
  }
}
