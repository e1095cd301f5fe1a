package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

class SnipTest {

  private static Scores score(int[] shape, float[] values, float[] gradients) {
    return Snip.INSTANCE.score(
        WeightTensor.of("w", shape, values).with(Statistic.GRADIENT, gradients));
  }

  @Test
  void absoluteProductsByHand() {
    Scores scores =
        score(
            new int[] {1, 2, 1, 3},
            new float[] {1, -2, 3, 0, -0.5f, 4},
            new float[] {-4, 1, 0.5f, 9, -6, 0});
    assertArrayEquals(new double[] {4, 2, 1.5, 0, 3, 0}, scores.toDoubles());
  }

  @Test
  void onlyTheGradientIsNeeded() {
    assertEquals(Set.of(Statistic.GRADIENT), Snip.INSTANCE.needs());
  }

  @Test
  void productsThatFloatsWouldTieAreToldApart() {
    // (1 + u)^2 = 1 + 2u + u^2 against (1 + 2u) * 1, u = 2^-23: one ulp of float is 2^-23
    float u = Math.ulp(1f);
    Scores scores = score(new int[] {2}, new float[] {1 + 2 * u, 1 + u}, new float[] {1, 1 + u});
    assertEquals((float) scores.at(0), (float) scores.at(1));
    assertArrayEquals(new long[] {0b10}, scores.largest(1));
  }

  @Test
  void productsBelowTheRangeOfFloatsKeepTheirOrder() {
    Scores scores =
        score(new int[] {2}, new float[] {1e-30f, 2e-30f}, new float[] {1e-30f, 1e-30f});
    assertArrayEquals(new long[] {0b10}, scores.largest(1));
  }
}
