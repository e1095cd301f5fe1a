package org.espalier.sparse.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Against the textbook algorithm, point by point, and against every way to cut the weights. */
class KMeansTest {

  private static final int STEPS = 200;

  /**
   * Few different values, so that equal weights and empty clusters are common. No whole numbers: a
   * weight in the exact middle of two rounded means would be decided by rounding.
   */
  private static float[] weights(SplittableRandom random) {
    float[] values = new float[3 + random.nextInt(8)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * random.nextInt(-9, 10));
    }
    float[] sorted = new float[4 + random.nextInt(9)];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values[random.nextInt(values.length)];
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** Each weight to the nearest centroid, the lower of two; means; until nothing moves. */
  private static double[] textbook(float[] weights, double[] initial) {
    double[] centroids = initial.clone();
    for (int step = 0; step < STEPS; step++) {
      Arrays.sort(centroids);
      double[] sums = new double[centroids.length];
      int[] counts = new int[centroids.length];
      for (float weight : weights) {
        int best = 0;
        for (int c = 1; c < centroids.length; c++) {
          if (Math.abs(weight - centroids[c]) < Math.abs(weight - centroids[best])) {
            best = c;
          }
        }
        sums[best] += weight;
        counts[best]++;
      }
      for (int c = 0; c < centroids.length; c++) {
        centroids[c] = counts[c] == 0 ? centroids[c] : sums[c] / counts[c];
      }
    }
    Arrays.sort(centroids);
    return centroids;
  }

  private static double cost(float[] weights, double[] centroids) {
    double cost = 0;
    for (float weight : weights) {
      double nearest = Double.POSITIVE_INFINITY;
      for (double centroid : centroids) {
        nearest = Math.min(nearest, (weight - centroid) * (weight - centroid));
      }
      cost += nearest;
    }
    return cost;
  }

  /** The least sum of squares over all ways to cut the order of weights into k ranges. */
  private static double optimum(float[] sorted, int begin, int k) {
    if (begin == sorted.length) {
      return 0;
    }
    if (k == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int end = begin + 1; end <= sorted.length; end++) {
      float[] range = Arrays.copyOfRange(sorted, begin, end);
      double sum = 0;
      for (float weight : range) {
        sum += weight;
      }
      double here = cost(range, new double[] {sum / range.length});
      best = Math.min(best, here + optimum(sorted, end, k - 1));
    }
    return best;
  }

  @Property(tries = 300, seed = "1")
  void asTheTextbook(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = weights(random);
    int k = 1 + random.nextInt(4);
    for (Initialization initialization : Initialization.values()) {
      double[] initial = initialization.centroids(weights, k, seed);
      assertArrayEquals(
          textbook(weights, initial),
          KMeans.lloyd(weights, initial, STEPS),
          1e-12,
          () -> initialization + " " + k + " " + Arrays.toString(weights));
    }
  }

  @Property(tries = 100, seed = "2")
  void betweenTheStartAndTheOptimum(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = weights(random);
    int k = 1 + random.nextInt(3);
    double optimum = optimum(weights, 0, k);
    for (Initialization initialization : Initialization.values()) {
      double[] initial = initialization.centroids(weights, k, seed);
      double reached = cost(weights, KMeans.lloyd(weights, initial, STEPS));
      assertTrue(reached >= optimum - 1e-9, initialization + ": " + reached + " < " + optimum);
      assertTrue(reached <= cost(weights, initial) + 1e-9, initialization.toString());
    }
  }

  @Property(tries = 50, seed = "3")
  void separateHeapsAreFoundByLinearAndDensity(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[9];
    for (int i = 0; i < 9; i++) {
      weights[i] = 100 * (i / 3) + random.nextInt(20);
    }
    Arrays.sort(weights);
    double optimum = optimum(weights, 0, 3);
    for (Initialization initialization :
        new Initialization[] {Initialization.LINEAR, Initialization.DENSITY}) {
      double[] initial = initialization.centroids(weights, 3, 0);
      assertEquals(optimum, cost(weights, KMeans.lloyd(weights, initial, STEPS)), 1e-9);
    }
  }

  @Test
  void anEmptyClusterStaysWhereItIs() {
    // Linear: 0, 5, 10. The borders 2.5 and 7.5 leave nothing for the 5.
    float[] weights = {0, 1, 9, 10};
    assertArrayEquals(
        new double[] {0.5, 5, 9.5}, KMeans.lloyd(weights, new double[] {0, 5, 10}, STEPS));
  }

  @Test
  void anEmptyClusterCanWinWeightsLater() {
    // Borders 2 and 7.5: {0, 2}, {} and {8, 20}, with the means 1 and 14. Now the borders are 2.5
    // and 9, and the 4 in the middle, which stayed, gets the 8.
    float[] weights = {0, 2, 8, 20};
    assertArrayEquals(
        new double[] {1, 8, 20}, KMeans.lloyd(weights, new double[] {0, 4, 11}, STEPS));
  }

  @Test
  void oneStepIsOneStep() {
    // {0, 1}, {2, 10}: means 0.5 and 6; the second step would give 1 and 10.
    float[] weights = {0, 1, 2, 10};
    assertArrayEquals(new double[] {0.5, 6}, KMeans.lloyd(weights, new double[] {0, 2.5}, 1));
    assertArrayEquals(new double[] {1, 10}, KMeans.lloyd(weights, new double[] {0, 2.5}, 5));
  }
}
