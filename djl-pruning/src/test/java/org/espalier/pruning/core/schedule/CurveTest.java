package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.pruning.core.schedule.Curve.Shape;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CurveTest {

  private static final Timing TIMING = new Timing(Timing.Unit.STEP, 100, 200, 10);

  /** Zhu and Gupta's equation by hand for s_i = 0, s_f = 0.9: 0.9 (1 - (1 - f)^3). */
  @ParameterizedTest
  @CsvSource({
    "100, 0.0",
    "110, 0.2439", // f = .1: .9 (1 - .729)
    "125, 0.5203125", // f = .25: .9 (1 - .421875)
    "150, 0.7875", // f = .5: .9 (1 - .125)
    "175, 0.8859375", // f = .75: .9 (1 - .015625)
    "190, 0.8991", // f = .9: .9 (1 - .001)
    "200, 0.9",
    "5000, 0.9",
  })
  void cubicFollowsZhuAndGupta(long step, double sparsity) {
    assertEquals(sparsity, Curve.cubic(0, 0.9, TIMING).sparsityAt(step), 1e-15);
  }

  /** Six digits, computed with numpy from the formulas for s_i = 0, s_f = 0.9. */
  @ParameterizedTest
  @CsvSource({
    "LINEAR,      0.09,     0.225,    0.45,     0.675,    0.81",
    "CUBIC,       0.2439,   0.520313, 0.7875,   0.885938, 0.8991",
    "CUBE,        0.0009,   0.014063, 0.1125,   0.379688, 0.6561",
    "EXPONENTIAL, 0.205672, 0.437659, 0.683772, 0.822172, 0.874107",
    "COSINE,      0.01108,  0.068508, 0.263604, 0.555585, 0.759209",
  })
  void curvesMatchTheTable(Shape shape, double a, double b, double c, double d, double e) {
    Schedule schedule = new Curve(shape, 0, 0.9, TIMING);
    assertEquals(a, schedule.sparsityAt(110), 5.1e-7);
    assertEquals(b, schedule.sparsityAt(125), 5.1e-7);
    assertEquals(c, schedule.sparsityAt(150), 5.1e-7);
    assertEquals(d, schedule.sparsityAt(175), 5.1e-7);
    assertEquals(e, schedule.sparsityAt(190), 5.1e-7);
  }

  /** By hand at f = 0.5 for s_i = 0.36, s_f = 0.84. */
  @ParameterizedTest
  @CsvSource({
    "LINEAR, 0.6", // .36 + .48 / 2
    "CUBIC, 0.78", // .84 - .48 / 8
    "CUBE, 0.42", // .36 + .48 / 8
    "EXPONENTIAL, 0.68", // 1 - sqrt(.64 * .16)
    "COSINE, 0.5005887450304572", // .36 + .48 (1 - sqrt(.5))
  })
  void curvesStartAtTheInitialSparsity(Shape shape, double half) {
    Schedule schedule = new Curve(shape, 0.36, 0.84, TIMING);
    assertEquals(0.36, schedule.sparsityAt(100));
    assertEquals(half, schedule.sparsityAt(150), 1e-15);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void curvesRiseAndEndExactlyAtTheTarget(Shape shape) {
    for (double target : new double[] {0.1, 0.3, 0.7, 0.9, 0.98, 0.999}) {
      Schedule schedule = new Curve(shape, 0.05, target, TIMING);
      assertEquals(0.05, schedule.sparsityAt(100));
      assertEquals(target, schedule.sparsityAt(200));
      assertEquals(target, schedule.target());
      for (long step = 101; step <= 200; step++) {
        assertTrue(schedule.sparsityAt(step) > schedule.sparsityAt(step - 1), "step " + step);
      }
    }
  }

  /** The decision at the end is there even where "every" misses it. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void lastDecisionIsAtTheTarget(Shape shape) {
    Schedule schedule = new Curve(shape, 0, 0.9, new Timing(Timing.Unit.STEP, 3, 10, 4));
    assertTrue(schedule.timing().includes(10));
    assertEquals(0.9, schedule.sparsityAt(10));
  }

  @Test
  void curvesNeedAnEnd() {
    Timing open = new Timing(Timing.Unit.STEP, 0, Timing.OPEN, 1);
    for (Shape shape : Shape.values()) {
      assertThrows(InvalidInputException.class, () -> new Curve(shape, 0, 0.9, open));
    }
  }

  @Test
  void sparsitiesAreValidated() {
    assertThrows(InvalidInputException.class, () -> Curve.cubic(1, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> Curve.cubic(0, -0.1, TIMING));
    assertThrows(InvalidInputException.class, () -> Curve.cubic(0, Double.NaN, TIMING));
  }
}
