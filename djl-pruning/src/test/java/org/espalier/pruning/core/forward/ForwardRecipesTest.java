package org.espalier.pruning.core.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.RegistrySamples;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.config.Entry;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardRecipesTest {

  private static final String FOLLOW = "lifecycle: follow, schedule: {type: observe}";
  private static final String DECIDE = "schedule: {type: constant, target: 0.5}";

  static Stream<Entry<Forward>> entries() {
    return Forwards.REGISTRY.entries().stream();
  }

  /** Every rule reads back equal, and hashes differ where rules do. */
  @ParameterizedTest
  @MethodSource("entries")
  void recipesReadBackEqual(Entry<Forward> entry) {
    Forward rule = RegistrySamples.of(entry);
    String axes = rule.learnsMasks() ? FOLLOW : DECIDE;
    String required = required(entry);
    Recipe recipe =
        Recipe.parse("{%s, forward: {type: %s%s}}".formatted(axes, entry.name(), required));
    assertEquals(recipe, Recipe.parse(recipe.canonicalText()));
    assertEquals(entry.name(), recipe.groups().get(0).forward().type());
    assertEquals(rule.latent(), recipe.canonicalText().contains("forward:"));
  }

  private static String required(Entry<Forward> entry) {
    return entry.parameters().stream()
        .filter(parameter -> parameter.required())
        .map(parameter -> ", " + parameter.name() + ": 10")
        .reduce("", String::concat);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forward: str, lifecycle: prune, " + DECIDE + "|lifecycle",
        "forward: str, lifecycle: lock, schedule: {type: observe}|lifecycle",
        "forward: straight-through, " + FOLLOW + "|lifecycle",
        "forward: straight-through, compensation: obs, " + DECIDE + "|compensation",
        "forward: {type: straight-through, backward: 0.6}, " + DECIDE + "|backward",
        "forward: {type: straight-through, backward: 0.1}, lifecycle: {type: hysteresis, c: 0},"
            + " schedule: {type: observe}|backward",
        "forward: {type: straight-through, backward: 1}, " + DECIDE + "|forward.backward",
        "forward: str, pattern: channel, " + FOLLOW + "|pattern",
        "forward: {type: l0, examples: 9}, pattern: '2:4', " + FOLLOW + "|pattern",
        "forward: {type: gate, backward: none}, " + FOLLOW + "|forward.backward",
        "forward: {type: continuous, end: 0}, " + FOLLOW + "|forward.end",
        "forward: {type: learned-threshold, temperature: 0}, " + FOLLOW + "|forward.temperature",
      })
  void refusesWhatMakesNoSense(String recipe, String place) {
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> Recipe.parse("{" + recipe + "}"));
    assertEquals("recipe: " + place, error.place());
  }

  /** Gates of whole channels are fine. */
  @Test
  void patternsOfUnitsGoWithGates() {
    for (String pattern : new String[] {"channel", "input-channel", "kernel", "block:2x2"}) {
      Recipe recipe = Recipe.parse("{forward: gate, pattern: '%s', %s}".formatted(pattern, FOLLOW));
      assertTrue(recipe.groups().get(0).forward().learnsMasks());
    }
  }

  /** 2 of 6 live: density 1/3. */
  @Test
  void explorationWeighsByDensity() {
    Mask forward = Mask.ofBytes(new byte[] {1, 0, 0, 0, 1, 0}, 2, 3);
    Mask backward = Mask.ofBytes(new byte[] {1, 1, 0, 0, 1, 1}, 2, 3);
    assertArrayEquals(
        new float[] {1, 3, 0, 0, 1, 3}, StraightThrough.exploration(forward, backward));
  }

  /** 1 -> 200 in 10 steps: the square root of 200 at the half, and no further than 200. */
  @Test
  void steepnessRisesExponentially() {
    Continuous rule = new Continuous(10, 200, 0, 0);
    assertEquals(1, rule.betaAt(TrainingTime.START));
    assertEquals(Math.sqrt(200), rule.betaAt(new TrainingTime(5, 0, false)), 1e-12);
    assertEquals(200, rule.betaAt(new TrainingTime(50, 0, false)));
    // 200 / 4 at s = 0
    assertEquals(50, Continuous.slope(200, 0), 1e-12);
  }

  /** By hand: mean 2, squares 1 + 4 + 9 = 14, 14/3 - 4 = 2/3. */
  @Test
  void varianceIsAroundTheMean() {
    assertEquals(2.0 / 3, LearnedThreshold.variance(new float[] {1, 2, 3}), 1e-12);
    assertEquals(1, LearnedThreshold.variance(new float[] {0.5f, 0.5f}));
  }

  /** sigmoid(0) = 1/2, so what is left of 0.8 is 0.3, and nothing of 0.4. */
  @Test
  void softThresholdShrinks() {
    assertEquals(0.3, SoftThreshold.value(0.8, 0), 1e-15);
    assertEquals(-0.3, SoftThreshold.value(-0.8, 0), 1e-15);
    assertEquals(0, Math.abs(SoftThreshold.value(0.4, 0)));
    assertEquals(0.4, SoftThreshold.value(0.4, -3200));
  }

  /** The same arguments draw the same numbers, any other draws others. */
  @Test
  void noiseIsAFunctionOfItsPlace() {
    float[] numbers = new Noise(1, "a", 2, 0).normal(8);
    assertArrayEquals(numbers, new Noise(1, "a", 2, 0).normal(8));
    for (Noise other :
        new Noise[] {
          new Noise(2, "a", 2, 0), new Noise(1, "b", 2, 0),
          new Noise(1, "a", 3, 0), new Noise(1, "a", 2, 1)
        }) {
      assertTrue(other.normal(8)[0] != numbers[0]);
    }
  }
}
