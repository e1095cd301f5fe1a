package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

class GraspTest {

  /**
   * L = 1/2 wᵀ A w, A = (2 1 0; 1 3 0; 0 0 1), w = (3 -1 1): g = A w = (5 0 1), H g = A g = (10 5
   * 1). The paper's S = -w (H g) = (-30 5 -1).
   */
  private static final WeightTensor QUADRATIC =
      WeightTensor.of("w", new int[] {3}, new float[] {3, -1, 1})
          .with(Statistic.HESSIAN_GRADIENT, new float[] {10, 5, 1});

  @Test
  void keepsWhatThePaperKeeps() {
    Scores scores = Grasp.INSTANCE.score(QUADRATIC);
    assertArrayEquals(new double[] {30, -5, 1}, scores.toDoubles());
    // highest S goes first: 5, then -1. By absolute value the 1 would go before the -5
    assertArrayEquals(new long[] {0b101}, scores.largest(2));
    assertArrayEquals(new long[] {0b001}, scores.largest(1));
  }

  @Test
  void whatGoesFirstLeavesTheLargestGradient() {
    // |A w|² without the first, second, third weight: g = (-1 -3 1), (6 3 1), (5 0 0)
    double[] gradientNorms = {11, 46, 25};
    Scores scores = Grasp.INSTANCE.score(QUADRATIC);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(gradientNorms[i] < gradientNorms[j], scores.at(i) > scores.at(j));
      }
    }
  }

  @Test
  void onlyTheHessianProductIsNeeded() {
    assertEquals(Set.of(Statistic.HESSIAN_GRADIENT), Grasp.INSTANCE.needs());
  }
}
