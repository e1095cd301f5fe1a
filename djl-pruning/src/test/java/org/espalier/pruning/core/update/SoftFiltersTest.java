package org.espalier.pruning.core.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class SoftFiltersTest {

  private static final int[] SHAPE = {3, 2};

  private static void edit(float[] weights, long step) {
    StepTensor tensor =
        new StepTensor(
            new TensorInfo("w", SHAPE, true, 1),
            Mask.dense(SHAPE),
            weights,
            new float[0],
            new float[0],
            0.1);
    new SoftFilters(0.34, 4)
        .editWeights(tensor, new StepContext(new TrainingTime(step, 0, false), 0));
  }

  /** Norms 5, √2, √13; floor(0.66 * 3 + 0.5) = 2 stay; it acts after steps 4, 8, ... */
  @Test
  void leastFilterIsZeroedAfterEachEpoch() {
    float[] weights = {3, -4, 1, 1, 2, 3};
    edit(weights, 0);
    edit(weights, 2);
    assertArrayEquals(new float[] {3, -4, 1, 1, 2, 3}, weights);
    edit(weights, 3);
    assertArrayEquals(new float[] {3, -4, 0, 0, 2, 3}, weights);
  }

  /** What has been zeroed and has grown since may stay; another goes. */
  @Test
  void filtersReturn() {
    float[] weights = {3, -4, 0, 0, 2, 3};
    weights[2] = 6;
    edit(weights, 7);
    assertArrayEquals(new float[] {3, -4, 6, 0, 0, 0}, weights);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThrows(InvalidInputException.class, () -> new SoftFilters(1, 4));
    assertThrows(InvalidInputException.class, () -> new SoftFilters(0.3, 0));
  }

  @Test
  void recipesNameIt() {
    assertEquals(
        new SoftFilters(0.3, 391),
        StepTensors.read("{type: soft-filters, sparsity: 0.3, every: 391}"));
  }
}
