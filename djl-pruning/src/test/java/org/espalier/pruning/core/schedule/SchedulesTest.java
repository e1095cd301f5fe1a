package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.junit.jupiter.api.Test;

class SchedulesTest {

  /** Every schedule with values that are not the defaults. */
  private static final Map<String, String> SAMPLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("one-shot", "target: 0.9, at: 3, unit: epoch"),
              Map.entry("constant", "target: 0.8, begin: 1, end: 9, every: 2, unit: epoch"),
              Map.entry("linear", "target: 0.8, initial: 0.1, begin: 5, end: 9"),
              Map.entry("cubic", "target: 0.8, initial: 0.1, end: 9, every: 3"),
              Map.entry("cube", "target: 0.8, initial: 0.1, end: 9"),
              Map.entry("exponential", "target: 0.8, initial: 0.1, end: 9"),
              Map.entry("cosine", "target: 0.8, initial: 0.1, end: 9"),
              Map.entry("geometric", "target: 0.8, rate: 0.3, every: 5"),
              Map.entry(
                  "alternate",
                  "target: 0.8, sparse: 2, dense: 3, last: dense, begin: 1, end: 9, unit: epoch"),
              Map.entry("piecewise", "points: {5: 0.9, 10: 0.2}, every: 2, unit: epoch"),
              Map.entry("observe", "begin: 1, end: 9, every: 2, unit: epoch"),
              Map.entry("two-slope", "q: 0.1, ramp: 20, ramp_factor: 2.0, limit: 0.9, end: 80"),
              Map.entry("lprune", "lambda_max: 0.5, alpha: 3.0, limit: 0.9, unit: epoch"),
              Map.entry(
                  "autoprune",
                  "first: 0.2, rate: 0.05, generalization_loss: 1.5, limit: 0.9, unit: epoch")));

  @Test
  void everyScheduleRoundTripsThroughTheCanonicalText() {
    assertEquals(Schedules.REGISTRY.names(), SAMPLES.keySet());
    for (Entry<Schedule> entry : Schedules.REGISTRY.entries()) {
      String lifecycle = entry.name().equals("observe") ? "follow" : "reselect";
      Recipe recipe =
          Recipe.parse(
              "{lifecycle: %s, schedule: {type: %s, %s}}"
                  .formatted(lifecycle, entry.name(), SAMPLES.get(entry.name())));
      assertEquals(recipe, Recipe.parse(recipe.canonicalText()), entry.name());
      Schedule schedule = recipe.groups().get(0).schedule();
      assertEquals(entry.name(), schedule.type());
      Set<String> declared =
          entry.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
      assertTrue(declared.containsAll(schedule.parameters().keySet()), entry.name());
    }
  }
}
