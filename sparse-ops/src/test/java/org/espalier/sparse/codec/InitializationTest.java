package org.espalier.sparse.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InitializationTest {

  private static double[] centroids(Initialization initialization, int k, float... sorted) {
    return initialization.centroids(sorted, k, 1);
  }

  @Test
  void linearStepsIncludeBothEnds() {
    assertArrayEquals(
        new double[] {-2, -1, 0, 1, 2}, centroids(Initialization.LINEAR, 5, -2, 1.9f, 1.9f, 2));
    assertArrayEquals(new double[] {3}, centroids(Initialization.LINEAR, 1, 2, 2, 4));
  }

  @Test
  void densityStepsAreOfWeightsNotOfValues() {
    // n = 8, k = 4: ranks ceil(8 (1, 3, 5, 7) / 8) = 1, 3, 5, 7.
    assertArrayEquals(
        new double[] {1, 3, 5, 7}, centroids(Initialization.DENSITY, 4, 1, 2, 3, 4, 5, 6, 7, 100));
    // n = 5, k = 2: the steps 5/4 and 15/4 lie at the ranks 2 and 4.
    assertArrayEquals(new double[] {0, 0}, centroids(Initialization.DENSITY, 2, -9, 0, 0, 0, 9));
    assertArrayEquals(new double[] {5}, centroids(Initialization.DENSITY, 1, 1, 5, 6));
  }

  @Test
  void randomDrawsEverySubsetOfTheWeightsEquallyOften() {
    Map<String, Integer> drawn = new TreeMap<>();
    for (long seed = 0; seed < 6000; seed++) {
      double[] centroids = Initialization.RANDOM.centroids(new float[] {1, 2, 3, 4}, 2, seed);
      Arrays.sort(centroids);
      drawn.merge(Arrays.toString(centroids), 1, Integer::sum);
    }
    // 6 subsets, 1000 each; the standard deviation is sqrt(6000 (1/6) (5/6)) = 29.
    assertEquals(6, drawn.size());
    drawn.forEach((subset, count) -> assertTrue(Math.abs(count - 1000) < 120, subset + count));
  }

  @Test
  void randomIsTheSameForASeed() {
    float[] weights = new float[1000];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i;
    }
    double[] once = Initialization.RANDOM.centroids(weights, 32, 7);
    assertArrayEquals(once, Initialization.RANDOM.centroids(weights, 32, 7));
    assertEquals(32, Arrays.stream(once).distinct().count());
    assertTrue(!Arrays.equals(once, Initialization.RANDOM.centroids(weights, 32, 8)));
  }
}
