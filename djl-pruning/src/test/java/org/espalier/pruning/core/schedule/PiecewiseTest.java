package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class PiecewiseTest {

  private static Piecewise of(Map<String, Double> points) {
    return Piecewise.of(points, 5, Timing.Unit.STEP);
  }

  @Test
  void linesByHand() {
    Piecewise schedule = of(Map.of("10", 0.9, "20", 0.5, "100", 0.8));
    assertEquals(0.9, schedule.sparsityAt(10));
    assertEquals(0.7, schedule.sparsityAt(15), 1e-15);
    assertEquals(0.5, schedule.sparsityAt(20));
    // half way up
    assertEquals(0.65, schedule.sparsityAt(60), 1e-15);
    assertEquals(0.8, schedule.sparsityAt(100));
    assertEquals(0.8, schedule.sparsityAt(1000));
    assertEquals(0.9, schedule.target());
    assertEquals(new Timing(Timing.Unit.STEP, 10, 100, 5), schedule.timing());
  }

  @Test
  void whatFallsSaysSo() {
    assertTrue(of(Map.of("0", 0.9, "20", 0.5, "100", 0.8)).falls());
    assertFalse(of(Map.of("0", 0.2, "20", 0.5, "100", 0.5)).falls());
  }

  @Test
  void whatDoesNotHoldIsRefused() {
    for (Map<String, Double> points :
        List.of(Map.of("0", 0.5), Map.of("0", 0.5, "9", 1.0), Map.of("0", 0.5, "-1", 0.5))) {
      assertThrows(InvalidInputException.class, () -> of(points));
    }
    assertEquals(
        "points: expected counts as keys, found 'x'; write 1000: 0.9",
        assertThrows(InvalidInputException.class, () -> of(Map.of("0", 0.5, "x", 0.5)))
            .getMessage());
  }
}
