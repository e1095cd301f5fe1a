package org.espalier.examples.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.criterion.Magnitude;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Schedules;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules stand in for components with parameters: they have numbers, counts and choices. */
class ComponentTextTest {

  private static final Registry<Schedule> SCHEDULES = Schedules.REGISTRY;

  @Test
  void plainNames() {
    assertEquals(
        Magnitude.INSTANCE, ComponentText.read("--criterion", " magnitude", Criteria.REGISTRY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one-shot:target=0.5,at=3,unit=epoch",
        "one-shot: target = 5e-1, at = 3, unit = epoch",
        "{type: one-shot, target: 0.5, at: 3, unit: epoch}",
        "{\"type\": \"one-shot\", \"target\": 0.5, \"at\": 3, \"unit\": \"epoch\"}",
      })
  void parameters(String text) {
    assertEquals(
        new OneShot(0.5, Timing.Unit.EPOCH, 3), ComponentText.read("--x", text, SCHEDULES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "sudden | --x | one of | 'sudden'",
        "one-shot:target=1.5 | --x: target | a sparsity | 1.5",
        "one-shot:target=0.5,at=x | --x: at | a whole number | the text 'x'",
        "one-shot:target=0.5,to=1 | --x | keys among | 'to'",
        "one-shot:target | --x | name:key=value | 'one-shot:target'",
        "one-shot:target=0.1,target=0.2 | --x | name:key=value | 'one-shot:target=0.1,target=0.2'",
        "{type: one-shot | --x | an object such as |",
        "one-shot | --x | the key 'target' | none",
      })
  void mistakes(String text, String place, String expected, String found) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> ComponentText.read("--x", text, SCHEDULES));
    assertEquals(place, e.place());
    assertEquals(expected, e.expected().substring(0, expected.length()));
    if (found != null) {
      assertEquals(found, e.found());
    }
  }
}
