package org.espalier.pruning.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class HysteresisTest {

  private static final TensorInfo W = SparseRun.tensor("w", 4);

  private static SparseRun run(String keys) {
    return new SparseRun(
        "{include: [w], lifecycle: {type: hysteresis, %s}, schedule: {type: observe}}"
            .formatted(keys),
        W);
  }

  private static void step(SparseRun run, long step, float... weights) {
    run.at(step);
    run.weights.put("w", weights);
    run.gradients.put("w", new float[weights.length]);
    run.decide();
  }

  /**
   * |w| = 1 2 2 3: mean 2, variance (1 + 0 + 0 + 1) / 4 = 1/2. c = sqrt(2) gives τ = 3, a = 2.7, b
   * = 3.3; c = 0 gives τ = 2, a = 1.8, b = 2.2.
   */
  @Test
  void thresholdsByHand() {
    SparseRun run = run("c: 0, power: 0");
    step(run, 0, 1, -2, 2, 3);
    assertArrayEquals(new byte[] {0, 1, 1, 1}, run.mask("w"));
    run = run("c: 1.4142135623730951, power: 0");
    step(run, 0, 1, -2, 2, 3);
    assertArrayEquals(new byte[] {0, 0, 0, 1}, run.mask("w"));
    run = run("c: -100, power: 0");
    step(run, 0, 1, -2, 2, 0);
    // τ = 0: only what is 0 dies
    assertArrayEquals(new byte[] {1, 1, 1, 0}, run.mask("w"));
  }

  /**
   * τ = 2 from the first decision on; latent weights may come back, and between 1.8 and 2.2 stay.
   */
  @Test
  void nothingTogglesBetweenTheThresholds() {
    SparseRun run = run("c: 0, power: 0");
    step(run, 0, 1, -2, 2, 3);
    step(run, 1, 2.125f, 1.875f, -1.75f, 9);
    assertArrayEquals(new byte[] {0, 1, 0, 1}, run.mask("w"));
    step(run, 2, -2.25f, 2.125f, 2.125f, 0);
    assertArrayEquals(new byte[] {1, 1, 0, 0}, run.mask("w"));
    step(run, 3, 1.875f, 1.875f, 1.875f, 2.125f);
    assertArrayEquals(new byte[] {1, 1, 0, 0}, run.mask("w"));
  }

  /** (1 + 0.5 i)^-1: at i = 0 surely, later where the draw of the step is below. */
  @Test
  void tensorsTakePartWithTheProbability() {
    SparseRun run = run("c: 0, gamma: 0.5, power: 1");
    int changes = 0;
    byte[] expected = {0, 1, 1, 1};
    for (int step = 0; step < 400; step++) {
      float sign = step % 2 == 0 ? 1 : 3;
      step(run, step, 4 - sign, -2, 2, sign);
      if (step == 0) {
        expected = new byte[] {1, 1, 1, 0};
      } else if (Oracle.draws(42, step, "w", 1)[0] < 1 / (1 + 0.5 * step)) {
        expected = step % 2 == 0 ? new byte[] {1, 1, 1, 0} : new byte[] {0, 1, 1, 1};
        changes++;
      }
      assertArrayEquals(expected, run.mask("w"));
    }
    // the sum of 1 / (1 + i / 2) for i from 1 to 399 is 2 (H(401) - 1.5) = 10.1
    assertEquals(10, changes, 6);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    for (String recipe :
        Arrays.asList(
            "{lifecycle: {type: hysteresis, c: 1, gamma: -1}, schedule: {type: observe}}",
            "{lifecycle: {type: hysteresis, c: 1, power: -1}, schedule: {type: observe}}",
            "{pattern: channel, lifecycle: {type: hysteresis, c: 1}, schedule: {type: observe}}",
            "{lifecycle: {type: hysteresis, c: 1}, schedule: {type: one-shot, target: 0.5}}")) {
      assertThrows(InvalidInputException.class, () -> Recipe.parse(recipe));
    }
  }
}
