package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class ObdTest {

  private static final WeightTensor TENSOR =
      WeightTensor.of("w", new int[] {2, 2}, new float[] {2, -3, -1, 0})
          .with(Statistic.HESSIAN_DIAGONAL, new float[] {0.5f, 2, -4, 8})
          .with(Statistic.GRADIENT_SQUARE, new float[] {1, 1, 1, 1})
          .with(Statistic.HESSIAN_DIAGONAL_EXACT, new float[] {10, 10, 10, 10});

  @Test
  void halfCurvatureTimesSquaredWeight() {
    // negative curvature ranks below the dead weight
    assertArrayEquals(
        new double[] {1, 9, -2, 0}, new Obd(Curvature.HUTCHINSON).score(TENSOR).toDoubles());
  }

  @Test
  void theCurvatureSaysWhatIsMeasured() {
    Obd fisher = new Obd(Curvature.FISHER);
    assertEquals(Set.of(Statistic.GRADIENT_SQUARE), fisher.needs());
    assertArrayEquals(new double[] {2, 4.5, 0.5, 0}, fisher.score(TENSOR).toDoubles());
    Obd exact = new Obd(Curvature.EXACT);
    assertEquals(Set.of(Statistic.HESSIAN_DIAGONAL_EXACT), exact.needs());
    assertArrayEquals(new double[] {20, 45, 5, 0}, exact.score(TENSOR).toDoubles());
  }

  /** L(w) = sum of h w² / 2 has the diagonal h: the score is the exact rise of the loss. */
  @Test
  void exactOnASeparableQuadraticLoss() {
    float[] w = {0.3f, -0.7f, 1.1f};
    float[] h = {0.9f, 0.2f, 3.3f};
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {3, 1}, w).with(Statistic.HESSIAN_DIAGONAL_EXACT, h);
    double[] target = {0.3f, -0.7f, 1.1f};
    double[] scores = new Obd(Curvature.EXACT).score(tensor).toDoubles();
    for (int removed = 0; removed < 3; removed++) {
      double loss = 0;
      for (int i = 0; i < 3; i++) {
        double difference = (i == removed ? 0 : w[i]) - target[i];
        loss += h[i] * difference * difference / 2;
      }
      assertEquals(loss, scores[removed], 1e-15);
    }
  }
}
