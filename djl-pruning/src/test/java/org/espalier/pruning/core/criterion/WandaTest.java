package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class WandaTest {

  @Test
  void magnitudeTimesNormOfTheInput() {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {2, 3}, new float[] {1, -2, 3, -4, 5, -6})
            .with(Statistic.INPUT_NORM, new float[] {1, 0.5f, 2});
    assertArrayEquals(new double[] {1, 1, 6, 4, 2.5, 12}, Wanda.INSTANCE.score(tensor).toDoubles());
  }

  @Test
  void tapsOfAKernelShareTheNormOfTheirChannel() {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {1, 2, 1, 2}, new float[] {1, -2, 3, -4})
            .with(Statistic.INPUT_NORM, new float[] {10, 100});
    assertArrayEquals(new double[] {10, 20, 300, 400}, Wanda.INSTANCE.score(tensor).toDoubles());
  }
}
