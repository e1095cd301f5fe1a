package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class ContributionTest {

  @Test
  void squaredWeightTimesVarianceOfItsInput() {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {2, 2}, new float[] {2, -3, -1, 0.5f})
            .with(Statistic.INPUT_VARIANCE, new float[] {0.5f, 4});
    assertArrayEquals(
        new double[] {2, 36, 0.5, 1}, Contribution.INSTANCE.score(tensor).toDoubles());
  }

  @Test
  void tapsOfAKernelShareTheVarianceOfTheirChannel() {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {1, 2, 1, 2}, new float[] {1, 2, 3, 4})
            .with(Statistic.INPUT_VARIANCE, new float[] {1, 10});
    assertArrayEquals(
        new double[] {1, 4, 90, 160}, Contribution.INSTANCE.score(tensor).toDoubles());
  }

  /** 1/3 is no float: the score is the product of the floats in double precision. */
  @Test
  void productsAreNotRoundedToSinglePrecision() {
    float third = 1 / 3f;
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {1, 1}, new float[] {third})
            .with(Statistic.INPUT_VARIANCE, new float[] {3});
    assertArrayEquals(
        new double[] {(double) third * third * 3}, Contribution.INSTANCE.score(tensor).toDoubles());
  }
}
