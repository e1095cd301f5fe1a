package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class FpgmTest {

  private static double[] score(int rows, int columns, float... values) {
    WeightTensor tensor = WeightTensor.of("w", new int[] {rows, columns}, values);
    return Fpgm.INSTANCE.score(tensor).toDoubles();
  }

  @Test
  void sumsOfDistancesByHand() {
    // (0, 0) to (3, 4): 5; to (3, 0): 3; (3, 4) to (3, 0): 4
    assertArrayEquals(new double[] {8, 8, 9, 9, 7, 7}, score(3, 2, 0, 0, 3, 4, 3, 0));
  }

  /** Numbers of src/test/python/criteria.py. */
  @Test
  void filtersOfConvolutionAreRowsOfTheMatrixView() {
    float[] values = {1, 2, -0.5f, 3, 0, 0, 0, 0, 1.5f, -1, 2, 0.25f};
    WeightTensor tensor = WeightTensor.of("w", new int[] {3, 2, 1, 2}, values);
    double[] scores = Fpgm.INSTANCE.score(tensor).toDoubles();
    assertEquals(8.577260395710011, scores[0], 1e-14);
    assertEquals(6.4790806742333675, scores[4], 1e-14);
    assertEquals(7.506506634672629, scores[11], 1e-14);
  }

  @Test
  void theOrderOfFiltersDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[7 * 11];
    float[] reversed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
      reversed[(6 - i / 11) * 11 + i % 11] = values[i];
    }
    double[] forwards = score(7, 11, values);
    double[] backwards = score(7, 11, reversed);
    for (int row = 0; row < 7; row++) {
      assertEquals(forwards[row * 11], backwards[(6 - row) * 11], 1e-13);
    }
  }

  /** Bit for bit: whichever stands first in the tensor must win the tie. */
  @Test
  void equalFiltersTie() {
    float[] values = {0.1f, 0.7f, 0.3f, -0.9f, 0.1f, 0.7f, 0.6f, 0.2f, 0.1f, 0.7f};
    double[] scores = score(5, 2, values);
    assertEquals(scores[0], scores[4]);
    assertEquals(scores[0], scores[8]);
  }
}
