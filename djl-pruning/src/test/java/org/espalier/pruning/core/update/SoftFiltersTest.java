package org.espalier.pruning.core.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
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

  /**
   * 800 filters, half of them to go in 80 steps: after 10 steps 3/4 of 400. After 1: with y = 0.25,
   * the exponent of an eighth of the rise, 400 (1 - y^0.1) = 51.8 (the root is 0.250011). After 40:
   * 400 (1 - y^4) = 398.4.
   */
  @Test
  void fractionRises() {
    assertEquals(52, zeroed(1));
    assertEquals(300, zeroed(10));
    assertEquals(398, zeroed(40));
    assertEquals(400, zeroed(80));
    assertEquals(400, zeroed(500));
  }

  private static long zeroed(long steps) {
    int[] shape = {800, 1};
    float[] weights = new float[800];
    for (int i = 0; i < 800; i++) {
      weights[i] = 1 + i % 97;
    }
    StepTensor tensor =
        new StepTensor(
            new TensorInfo("w", shape, true, 1),
            Mask.dense(shape),
            weights,
            new float[0],
            new float[0],
            0.1);
    new SoftFilters(0.5, 1, 80)
        .editWeights(tensor, new StepContext(new TrainingTime(steps - 1, 0, false), 0));
    return IntStream.range(0, 800).filter(i -> weights[i] == 0).count();
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThrows(InvalidInputException.class, () -> new SoftFilters(1, 4));
    assertThrows(InvalidInputException.class, () -> new SoftFilters(0.3, 0));
    assertThrows(InvalidInputException.class, () -> new SoftFilters(0.3, 1, -1));
  }

  @Test
  void recipesNameIt() {
    assertEquals(
        new SoftFilters(0.3, 391),
        StepTensors.read("{type: soft-filters, sparsity: 0.3, every: 391}"));
    assertEquals(
        new SoftFilters(0.3, 391, 78200),
        StepTensors.read("{type: soft-filters, sparsity: 0.3, every: 391, rise: 78200}"));
  }
}
