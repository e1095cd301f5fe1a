package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class LampTest {

  private static double[] score(float... values) {
    return Lamp.INSTANCE
        .score(WeightTensor.of("w", new int[] {1, values.length}, values))
        .toDoubles();
  }

  @Test
  void squareOverTheSumOfSquaresNotSmaller() {
    // ascending: 1, -2, 2 (lower index last), 4 with suffix sums 25, 24, 20, 16
    assertArrayEquals(new double[] {4 / 20., 1, 1 / 25., 4 / 24.}, score(2, 4, 1, -2));
  }

  /** Numbers of src/test/python/criteria.py. */
  @Test
  void fractionsOfSingles() {
    double[] expected = {0.10843374480320754, 1, 0.0119047623904857, 0.33783784545713147};
    assertArrayEquals(expected, score(0.3f, -0.7f, 0.1f, 0.5f), 1e-16);
  }

  @Test
  void zerosScoreNothing() {
    assertArrayEquals(new double[] {0, 1, 0}, score(0, -3, -0f));
    assertArrayEquals(new double[] {0, 0}, score(0, 0));
  }

  /** The theorem of the paper: no layer is emptied while another has a score below 1. */
  @Test
  void theLastScoreIsOneAndTheOrderIsThatOfMagnitude() {
    SplittableRandom random = new SplittableRandom(5);
    for (int n = 1; n < 200; n += 13) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        // few distinct magnitudes: many ties
        values[i] = random.nextInt(-9, 10) / 10f;
      }
      values[0] = 0.1f;
      double[] scores = score(values);
      assertEquals(1, Arrays.stream(scores).max().getAsDouble());
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          boolean before =
              Math.abs(values[i]) > Math.abs(values[j])
                  || (Math.abs(values[i]) == Math.abs(values[j]) && i < j);
          assertTrue(!before || scores[i] >= scores[j]);
        }
      }
    }
  }
}
