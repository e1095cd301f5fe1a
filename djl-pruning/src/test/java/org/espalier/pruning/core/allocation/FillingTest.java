package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FillingTest {

  @Test
  void costsMeetTheBudgetWithinTheBounds() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(6);
      double[] lower = new double[n];
      double[] upper = new double[n];
      for (int i = 0; i < n; i++) {
        lower[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
        upper[i] =
            random.nextInt(4) == 0 ? lower[i] : lower[i] + (1 - lower[i]) * random.nextDouble();
      }
      double[] ratios = random.doubles(n, 0.01, 10).toArray();
      double[] costs = random.doubles(n, 1, 1000).toArray();
      double least = dot(lower, costs);
      double budget = least + (dot(upper, costs) - least) * random.nextDouble();
      double[] densities = new Filling(ratios, lower, upper, costs).densities(budget);
      assertEquals(budget, dot(densities, costs), 1e-9);
      for (int i = 0; i < n; i++) {
        assertTrue(densities[i] >= lower[i] && densities[i] <= upper[i]);
      }
    }
  }

  @Test
  void densitiesBetweenTheirBoundsAreProportional() {
    // 10 * 0.5 fixed by the lower bound, 10 * 1 by the upper: epsilon (2 + 3) * 10 = 5
    double[] densities =
        new Filling(
                new double[] {1, 200, 2, 3},
                new double[] {0.5, 0, 0, 0},
                new double[] {1, 1, 1, 1},
                new double[] {10, 10, 10, 10})
            .densities(20);
    assertArrayEquals(new double[] {0.5, 1, 0.2, 0.3}, densities, 1e-15);
  }

  @Test
  void budgetsOutOfReachGiveTheNearestBounds() {
    double[] half = {0.5};
    double[] most = {0.75};
    Filling filling = new Filling(new double[] {1}, half, most, new double[] {8});
    assertArrayEquals(half, filling.densities(1));
    assertArrayEquals(most, filling.densities(100));
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
