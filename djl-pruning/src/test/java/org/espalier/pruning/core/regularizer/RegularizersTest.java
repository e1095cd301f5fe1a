package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every regularizer that recipes can name. */
class RegularizersTest {

  /** Every regularizer in every form, with values that are not the defaults. */
  private static final Map<String, List<String>> SAMPLES =
      new TreeMap<>(
          Map.of(
              "group-hoyer-square", List.of("strength: 0.3"),
              "group-lasso", List.of("strength: 0.3", "strength: 0.3, form: proximal"),
              "growing",
                  List.of(
                      "strength: 0.1, delta: 0.2, every: 3, ceiling: 0.9, sparsity: 0.5",
                      "sparsity: 0.75"),
              "hoyer", List.of("strength: 0.3"),
              "hoyer-square", List.of("strength: 0.3"),
              "l1", List.of("strength: 0.3", "strength: 0.3, form: proximal"),
              "l2",
                  List.of(
                      "strength: 0.3",
                      "strength: 0.3, form: decoupled",
                      "strength: 0.3, form: proximal"),
              "polarization", List.of("strength: 0.3, t: 1.2", "strength: 0.3, t: 0.1"),
              "sparse-group-lasso",
                  List.of("strength: 0.3, alpha: 0.7", "strength: 0.3, form: proximal")));

  private static final List<String> PATTERNS =
      List.of("channel", "input-channel", "block:2x2", "kernel", "vector", "head:2");

  static Collection<Regularizer> all() {
    return SAMPLES.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(values -> "{type: %s, %s}".formatted(entry.getKey(), values)))
        .map(text -> recipe(text).groups().get(0).regularizers().get(0))
        .toList();
  }

  private static Recipe recipe(String regularizer) {
    return Recipe.parse(
        "{pattern: channel, schedule: {type: one-shot, target: 0.5}, regularizers: [%s]}"
            .formatted(regularizer));
  }

  static Stream<Regularizer> withGradient() {
    return all().stream().filter(penalty -> !penalty.stepsAfterUpdate());
  }

  /** Those whose step is argmin R(v) + |v - w|² / (2 rate). */
  static Stream<Regularizer> proximal() {
    return all().stream()
        .filter(Regularizer::stepsAfterUpdate)
        .filter(penalty -> !penalty.parameters().containsValue("decoupled"));
  }

  @Test
  void everyRegularizerRoundTripsThroughTheCanonicalText() {
    assertEquals(Regularizers.REGISTRY.names(), SAMPLES.keySet());
    for (Entry<Regularizer> entry : Regularizers.REGISTRY.entries()) {
      for (String values : SAMPLES.get(entry.name())) {
        Recipe recipe = recipe("{type: %s, %s}".formatted(entry.name(), values));
        assertEquals(recipe, Recipe.parse(recipe.canonicalText()), entry.name());
        Regularizer penalty = recipe.groups().get(0).regularizers().get(0);
        assertEquals(entry.name(), penalty.type());
        Set<String> declared =
            entry.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        assertEquals(declared, penalty.parameters().keySet(), entry.name());
      }
    }
  }

  /** Central differences of the value, at weights away from the kinks at 0 and at the mean. */
  @ParameterizedTest
  @MethodSource("withGradient")
  void theGradientIsThatOfTheValue(Regularizer penalty) {
    for (String pattern : PATTERNS) {
      float[] weights = weights(4 * 4 * 2 * 2);
      Penalized tensor = Tensors.at(25, pattern, new int[] {4, 4, 2, 2}, weights);
      float[] gradient = Tensors.gradient(penalty, tensor);
      boolean moved = false;
      for (int i = 0; i < weights.length; i++) {
        float w = weights[i];
        weights[i] = w + 0x1p-14f;
        double above = Tensors.value(penalty, tensor);
        weights[i] = w - 0x1p-14f;
        double below = Tensors.value(penalty, tensor);
        weights[i] = w;
        double expected = (above - below) / 0x1p-13;
        assertEquals(expected, gradient[i], 1e-4 + 1e-3 * Math.abs(expected), pattern + " " + i);
        moved |= gradient[i] != 0;
      }
      assertTrue(moved, pattern);
    }
  }

  /** Multiples of 2^-20, to which differences are exact; at least 1/32 away from 0. */
  private static float[] weights(int count) {
    SplittableRandom random = new SplittableRandom(11);
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = (random.nextBoolean() ? 1 : -1) * random.nextInt(1 << 15, 1 << 20) * 0x1p-20f;
    }
    return weights;
  }

  /** Its step is no worse than any point of a grid, and than the points around it. */
  @ParameterizedTest
  @MethodSource("proximal")
  void theStepMinimizesPenaltyAndDistance(Regularizer penalty) {
    double rate = 0.8;
    float[][] starts = {{0.9f, -0.4f}, {0.1f, 0.05f}, {-0.2f, 0.7f}, {0.35f, 0.3f}, {0, -0.5f}};
    for (float[] start : starts) {
      float[] end =
          Tensors.step(penalty, Tensors.of("channel", new int[] {1, 2}, start.clone()), rate);
      double best = objective(penalty, start, end, rate);
      for (int a = -50; a <= 50; a++) {
        for (int b = -50; b <= 50; b++) {
          double onGrid = objective(penalty, start, new float[] {a / 50f, b / 50f}, rate);
          assertTrue(best <= onGrid + 1e-7, () -> penalty + " from " + start[0] + ", " + start[1]);
          float[] near = {end[0] + a * 1e-4f, end[1] + b * 1e-4f};
          assertTrue(best <= objective(penalty, start, near, rate) + 1e-7, penalty.toString());
        }
      }
    }
  }

  private static double objective(Regularizer penalty, float[] start, float[] end, double rate) {
    double distance = Math.pow(end[0] - start[0], 2) + Math.pow(end[1] - start[1], 2);
    return Tensors.value(penalty, Tensors.of("channel", new int[] {1, 2}, end))
        + distance / (2 * rate);
  }

  /** Exact zeros, whole units of them among others, are not moved. */
  @ParameterizedTest
  @MethodSource("all")
  void whatIsZeroStaysZero(Regularizer penalty) {
    float[] weights = {0, 0, 0, 0, 0.5f, 0, -1, 2, 0, -0.25f, 1, 3};
    Penalized tensor = Tensors.at(100, "channel", new int[] {3, 4}, weights);
    float[] after =
        penalty.stepsAfterUpdate()
            ? Tensors.step(penalty, tensor, 0.1)
            : Tensors.gradient(penalty, tensor);
    int[] zeros = {0, 1, 2, 3, 5, 8};
    // Polarization with a small t drives even zeros away from the mean: no minimum is there.
    if (penalty instanceof Polarization polarization && polarization.t() < 0.5) {
      assertTrue(after[0] > 0);
      return;
    }
    for (int i : zeros) {
      assertEquals(0f, after[i], "entry " + i);
    }
    assertArrayEquals(new float[] {0, 0, 0, 0, 0.5f, 0, -1, 2, 0, -0.25f, 1, 3}, tensor.weights());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aTensorOfZerosHasNoNaN(Regularizer penalty) {
    Penalized tensor = Tensors.of("channel", new int[] {2, 2}, 0, 0, 0, 0);
    assertEquals(0, Tensors.value(penalty, tensor));
    assertArrayEquals(new float[4], Tensors.gradient(penalty, tensor));
    if (penalty.stepsAfterUpdate()) {
      assertArrayEquals(new float[4], Tensors.step(penalty, tensor, 0.1));
    }
  }

  @Test
  void unitsNeedAPatternThatHasThem() {
    for (String type : new String[] {"group-lasso", "sparse-group-lasso", "group-hoyer-square"}) {
      InvalidInputException error =
          assertThrows(
              InvalidInputException.class,
              () ->
                  Recipe.parse(
                      "{pattern: '2:4', schedule: {type: one-shot, target: 0.5},"
                          + " regularizers: [{type: "
                          + type
                          + ", strength: 0.1}]}"));
      assertEquals("recipe: pattern", error.place());
      assertEquals("'2:4', whose units are single weights", error.found());
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertEquals("recipe: regularizers[0].strength", refused("{type: l1, strength: -1}"));
    assertEquals(
        "recipe: regularizers[0].alpha",
        refused("{type: sparse-group-lasso, strength: 1, alpha: 1.5}"));
    assertEquals("recipe: regularizers[0].t", refused("{type: polarization, strength: 1, t: -1}"));
    assertEquals(
        "recipe: regularizers[0].every", refused("{type: growing, sparsity: 0.5, every: 0}"));
    assertEquals("recipe: regularizers[0].sparsity", refused("{type: growing, sparsity: 1}"));
  }

  private static String refused(String regularizer) {
    return assertThrows(InvalidInputException.class, () -> recipe(regularizer)).place();
  }
}
