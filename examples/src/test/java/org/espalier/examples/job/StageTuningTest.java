package org.espalier.examples.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class StageTuningTest {

  private static List<Integer> shares(int epochs, int steps) {
    return IntStream.rangeClosed(1, steps)
        .mapToObj(step -> StageTuning.epochs(epochs, steps, step))
        .toList();
  }

  @Test
  void epochsAreSpreadOverTheSteps() {
    assertEquals(List.of(6), shares(6, 1));
    // floor of 6/4, 12/4, 18/4, 24/4 = 1, 3, 4, 6
    assertEquals(List.of(1, 2, 1, 2), shares(6, 4));
    assertEquals(List.of(1, 1, 1), shares(3, 3));
  }

  @Test
  void eachStepNeedsAnEpoch() {
    StageTuning.require(3, 3);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> StageTuning.require(2, 3));
    assertEquals("--epochs", e.place());
  }
}
