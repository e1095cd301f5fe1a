package org.espalier.pruning.core.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class LangevinTest {

  private static float[] noise(String name, long step, double temperature, int count) {
    float[] weights = new float[count];
    new Langevin(temperature)
        .editWeights(
            StepTensors.afterUpdate(name, Mask.dense(count), weights, new float[count], 0.5),
            StepTensors.at(step));
    return weights;
  }

  /** Signs: kept, lost, reached 0, none to keep; then a dead weight, which nobody touches. */
  @Test
  void withoutNoiseOnlySignsAreKept() {
    float[] weights = {0.5f, -0.5f, 0, -0.25f, -0.5f, 0.5f, -3};
    float[] initial = {1, 1, 1, 0, -1, -1, 2};
    Mask mask = Mask.ofBytes(new byte[] {1, 1, 1, 1, 1, 1, 0}, 7);
    new Langevin(0)
        .editWeights(StepTensors.afterUpdate("w", mask, weights, initial, 0.1), StepTensors.at(0));
    assertArrayEquals(new float[] {0.5f, 0, 0, -0.25f, -0.5f, 0, -3}, weights);
  }

  /** The same noise of the same step, then the same rule, weight by weight. */
  @Test
  void noiseComesBeforeTheSignIsLookedAt() {
    int count = 200;
    float[] noise = noise("w", 7, 0.02, count);
    float[] weights = new float[count];
    float[] initial = new float[count];
    byte[] alive = new byte[count];
    for (int i = 0; i < count; i++) {
      initial[i] = i % 2 == 0 ? 1 : -1;
      weights[i] = initial[i] * 0.1f;
      alive[i] = (byte) (i % 5 == 0 ? 0 : 1);
    }
    float[] before = weights.clone();
    Mask mask = Mask.ofBytes(alive, count);
    new Langevin(0.02)
        .editWeights(StepTensors.afterUpdate("w", mask, weights, initial, 0.5), StepTensors.at(7));
    int clamped = 0;
    for (int i = 0; i < count; i++) {
      float moved = before[i] + noise[i];
      boolean flipped = Math.signum(moved) != Math.signum(initial[i]);
      float expected = alive[i] == 0 ? before[i] : flipped ? 0 : moved;
      assertEquals(expected, weights[i], "weight " + i);
      clamped += alive[i] == 1 && flipped ? 1 : 0;
    }
    // P(noise beyond 0.1 on one side) = P(z > 0.1 / 0.1414) = 0.24, of 160
    assertEquals(38, clamped, 25);
  }

  /** √(2 rate T) = 0.1: mean and variance of 100 000 draws within five standard deviations. */
  @Test
  void theNoiseHasTheTemperatureOfTheRecipe() {
    int count = 100_000;
    float[] noise = noise("w", 0, 0.01, count);
    double sum = 0;
    double squares = 0;
    int beyond = 0;
    for (float z : noise) {
      sum += z;
      squares += z * z;
      beyond += Math.abs(z) > 0.2 ? 1 : 0;
    }
    assertEquals(0, sum / count, 5 * 0.1 / Math.sqrt(count));
    assertEquals(0.01, squares / count, 5 * 0.01 * Math.sqrt(2d / count));
    // P(|z| > 2) = 0.0455
    assertEquals(4550, beyond, 5 * Math.sqrt(4550));
  }

  @Test
  void theNoiseIsAFunctionOfSeedPathAndStep() {
    assertArrayEquals(noise("w", 3, 1, 50), noise("w", 3, 1, 50));
    assertFalse(Arrays.equals(noise("w", 3, 1, 50), noise("w", 4, 1, 50)));
    assertFalse(Arrays.equals(noise("w", 3, 1, 50), noise("v", 3, 1, 50)));
  }

  /** Standard normal quantiles of printed tables. */
  @Test
  void quantilesOfTheNormalDistribution() {
    assertEquals(0, Normal.quantile(0.5));
    assertEquals(1.959963985, Normal.quantile(0.975), 2e-7);
    assertEquals(-1.281551566, Normal.quantile(0.1), 2e-7);
    assertEquals(-3.090232306, Normal.quantile(0.001), 4e-7);
    assertEquals(4.753424309, Normal.quantile(1 - 1e-6), 6e-7);
    assertEquals(-7.034483825, Normal.quantile(1e-12), 8e-7);
  }

  @Test
  void recipesNameIt() {
    assertEquals(new Langevin(1e-5), StepTensors.read("{type: langevin, temperature: 1e-5}"));
    assertThrows(
        InvalidInputException.class, () -> StepTensors.read("{type: langevin, temperature: -1}"));
  }
}
