package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GrowingTest {

  private static final int[] SHAPE = {4, 2};

  /** L1 norms of the rows: 3, 1, 2, 1; half of them go: the two with 1. */
  private static final float[] WEIGHTS = {1, -2, 0.5f, 0.5f, 2, 0, 1, 0};

  private static float[] gradient(Growing penalty, long step) {
    return Tensors.gradient(penalty, Tensors.at(step, "channel", SHAPE, WEIGHTS));
  }

  @Test
  void theSmallestUnitsDecayMoreAndMore() {
    Growing penalty = new Growing(0.1, 0.2, 10, 0.4, 0.5);
    assertArrayEquals(new float[] {0, 0, 0.05f, 0.05f, 0, 0, 0.1f, 0}, gradient(penalty, 9));
    assertArrayEquals(
        new float[] {0, 0, 0.15f, 0.15f, 0, 0, 0.3f, 0}, gradient(penalty, 10), 1e-7f);
    // 0.1 + 2 * 0.2 is above the ceiling
    assertArrayEquals(new float[] {0, 0, 0.2f, 0.2f, 0, 0, 0.4f, 0}, gradient(penalty, 20), 1e-7f);
    // 0.4 / 2 (0.25 + 0.25 + 1)
    assertEquals(0.3, Tensors.value(penalty, Tensors.at(20, "channel", SHAPE, WEIGHTS)), 1e-12);
  }

  /** kept = floor(0.25 * 4 + 0.5) = 1; of the equal rows 1 and 3 the lower index is kept. */
  @Test
  void unitsAreChosenAsDecisionsChooseThem() {
    assertArrayEquals(
        new float[] {0, 0, 0.5f, 0.5f, 2, 0, 1, 0}, gradient(new Growing(1, 0, 1, 1, 0.75), 0));
    // kept = 3: only the later of the two goes
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 0, 0, 1, 0}, gradient(new Growing(1, 0, 1, 1, 0.25), 0));
  }
}
