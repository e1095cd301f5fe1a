package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class LookaheadTest {

  @Test
  void magnitudeTimesNormsOfItsNeighbours() {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {2, 3}, new float[] {1, -2, 3, -4, 5, -6})
            .with(Statistic.PREVIOUS_NORM, new float[] {1, 0.5f, 2})
            .with(Statistic.NEXT_NORM, new float[] {10, 100});
    assertArrayEquals(
        new double[] {10, 10, 60, 400, 250, 1200}, Lookahead.INSTANCE.score(tensor).toDoubles());
  }

  @Test
  void tapsOfAKernelShareTheirChannels() {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {2, 1, 1, 2}, new float[] {1, 2, 3, 4})
            .with(Statistic.PREVIOUS_NORM, new float[] {2})
            .with(Statistic.NEXT_NORM, new float[] {1, 10});
    assertArrayEquals(new double[] {2, 4, 60, 80}, Lookahead.INSTANCE.score(tensor).toDoubles());
  }
}
