package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class BnScaleTest {

  @Test
  void everyWeightOfAChannelScoresTheMagnitudeOfItsScale() {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {3, 1, 1, 2}, new float[] {9, -9, 0, 1, 2, 3})
            .with(Statistic.BN_SCALE, new float[] {-0.5f, 0.25f, 0});
    assertArrayEquals(
        new double[] {0.5, 0.5, 0.25, 0.25, 0, 0}, BnScale.INSTANCE.score(tensor).toDoubles());
  }
}
