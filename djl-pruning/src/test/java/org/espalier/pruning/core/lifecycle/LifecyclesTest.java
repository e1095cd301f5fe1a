package org.espalier.pruning.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecyclesTest {

  private static final Set<String> OBSERVING = Set.of("follow", "hysteresis", "lock");

  /** Presets and what they stand for. */
  private static final Map<String, String> PRESETS =
      new TreeMap<>(
          Map.of(
              "set",
              "drop: signed, fraction: 0.3, anneal: constant, grow: random, share: own",
              "rigl",
              "drop: criterion, fraction: 0.3, fraction_end: 0.0, anneal: cosine, grow: gradient,"
                  + " share: own",
              "snfs",
              "drop: criterion, fraction: 0.5, fraction_end: 0.005, anneal: cosine,"
                  + " grow: momentum, share: momentum, momentum: 0.9",
              "dsr",
              "drop: threshold, fraction: 0.1, anneal: constant, threshold: 0.001,"
                  + " tolerance: 0.1, grow: random, share: survivors",
              "nest",
              "drop: criterion, fraction: 0.0, anneal: constant, grow: gradient, share: own",
              "deep-r",
              "drop: sign-flip, grow: random, share: group"));

  private static Recipe recipe(String lifecycle, boolean observing) {
    String schedule = observing ? "{type: observe}" : "{type: constant, target: 0.5, end: 9}";
    return Recipe.parse("{lifecycle: %s, schedule: %s}".formatted(lifecycle, schedule));
  }

  @Test
  void everyLifecycleRoundTripsThroughTheCanonicalText() {
    for (Entry<Lifecycle> entry : Lifecycles.REGISTRY.entries()) {
      String keys = entry.name().equals("hysteresis") ? ", c: 1.5" : "";
      Recipe recipe =
          recipe("{type: %s%s}".formatted(entry.name(), keys), OBSERVING.contains(entry.name()));
      assertEquals(recipe, Recipe.parse(recipe.canonicalText()), entry.name());
      Lifecycle lifecycle = recipe.groups().get(0).lifecycle();
      String type = PRESETS.containsKey(entry.name()) ? "drop-grow" : entry.name();
      assertEquals(type, lifecycle.type());
      Entry<Lifecycle> written =
          Lifecycles.REGISTRY.entries().stream()
              .filter(e -> e.name().equals(type))
              .findFirst()
              .orElseThrow();
      assertTrue(
          written.parameters().stream()
              .map(Parameter::name)
              .collect(Collectors.toSet())
              .containsAll(lifecycle.parameters().keySet()));
    }
  }

  @Test
  void presetsAreWrittenOut() {
    PRESETS.forEach(
        (name, keys) -> {
          Lifecycle preset = recipe(name, false).groups().get(0).lifecycle();
          String written =
              preset.parameters().entrySet().stream()
                  .map(e -> e.getKey() + ": " + e.getValue())
                  .collect(Collectors.joining(", "));
          assertEquals(keys + ", start: random", written);
          assertEquals(recipe("{type: drop-grow, %s}".formatted(keys), false), recipe(name, false));
        });
  }

  @Test
  void keysOfOtherChoicesMakeNoDifference() {
    assertEquals(
        recipe("rigl", false),
        recipe("{type: drop-grow, threshold: 7, tolerance: 0.5, momentum: 0.1}", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: drop-grow, fraction: 1.5} | unstructured | lifecycle.fraction",
        "{type: drop-grow, momentum: 1} | unstructured | lifecycle.momentum",
        "{type: dsr, fraction: -1} | unstructured | lifecycle.fraction",
        "{type: drop-grow, drop: threshold, threshold: 0} | unstructured | lifecycle.threshold",
        "{type: drop-grow, drop: threshold, tolerance: 1} | unstructured | lifecycle.tolerance",
        "rigl | 2:4 | pattern",
        "rigl | 'balanced:4' | pattern",
        "rigl | 'kernel-pattern:4' | pattern",
        "set | channel | pattern",
        "deep-r | 'block:4x1' | pattern",
      })
  void whatDoesNotFitIsRefused(String lifecycle, String pattern, String place) {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () ->
                Recipe.parse(
                    "{lifecycle: %s, pattern: '%s', schedule: {type: constant, target: 0.5, end: 9}}"
                        .formatted(lifecycle, pattern)));
    assertEquals("recipe: " + place, error.place());
  }

  @Test
  void aFractionThatFallsNeedsAnEnd() {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> Recipe.parse("{lifecycle: rigl, schedule: {type: constant, target: 0.5}}"));
    assertEquals(
        "recipe: schedule.end: expected a count, as the fraction to drop falls until then, found"
            + " none; set the end, or anneal: constant",
        error.getMessage());
  }
}
