package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class ApozTest {

  @Test
  void everyWeightScoresHowOftenItsOutputFires() {
    WeightTensor linear =
        WeightTensor.of("w", new int[] {3, 2}, new float[] {9, -9, 0, 1, 2, 3})
            .with(Statistic.ZERO_FRACTION, new float[] {0.25f, 1, 0});
    assertArrayEquals(
        new double[] {0.75, 0.75, 0, 0, 1, 1}, Apoz.INSTANCE.score(linear).toDoubles());
  }

  @Test
  void theFeatureOfConvolutionIsItsOutputChannel() {
    WeightTensor convolution =
        WeightTensor.of("w", new int[] {2, 1, 1, 3}, new float[6])
            .with(Statistic.ZERO_FRACTION, new float[] {0.5f, 0.125f});
    assertArrayEquals(
        new double[] {0.5, 0.5, 0.5, 0.875, 0.875, 0.875},
        Apoz.INSTANCE.score(convolution).toDoubles());
  }
}
