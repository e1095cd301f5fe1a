package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class FisherMagnitudeTest {

  @Test
  void squaredWeightTimesMeanSquaredGradient() {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {2, 2}, new float[] {2, -3, -1, 0})
            .with(Statistic.GRADIENT_SQUARE, new float[] {0.5f, 2, 0, 8});
    assertArrayEquals(
        new double[] {2, 18, 0, 0}, FisherMagnitude.INSTANCE.score(tensor).toDoubles());
  }
}
