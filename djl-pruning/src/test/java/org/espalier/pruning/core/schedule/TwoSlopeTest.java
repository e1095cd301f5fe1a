package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.Validation;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoSlopeTest {

  private static final Timing TIMING = new Timing(Timing.Unit.STEP, 100, 300, 10);

  /**
   * By hand: q = .1, f = 10, t_s = 100, t_r = 200, t_e = 300 give theta = 2 * .1 * 10 / (2 * 100 +
   * 3 * 100) = .004 and phi = 1.5 theta = .006.
   */
  @ParameterizedTest
  @CsvSource({
    "100, 0.0004", // .004 * 1 / 10
    "190, 0.0364", // .004 * 91 / 10
    "199, 0.04",
    "200, 0.041", // (.004 * 101 + .006 * 1) / 10
    "300, 0.101", // (.004 * 101 + .006 * 101) / 10
  })
  void thresholdRisesAlongTwoSlopes(long step, double threshold) {
    TwoSlope schedule = new TwoSlope(0.1, 200, 1.5, 0.95, TIMING);
    Situation situation =
        new Situation(new TrainingTime(step, 0, false), 0.3, new Validation(1, 1));
    Demand.Threshold demand = (Demand.Threshold) schedule.demandAt(situation);
    assertEquals(threshold, demand.above(), 1e-15);
    assertEquals(0.95, demand.limit());
  }

  /** The threshold of a count does not depend on how often decisions are taken. */
  @Test
  void distanceBetweenDecisionsCancelsOut() {
    TwoSlope often = new TwoSlope(0.1, 200, 1.5, 0.95, TIMING);
    TwoSlope rarely =
        new TwoSlope(0.1, 200, 1.5, 0.95, new Timing(Timing.Unit.STEP, 100, 300, 100));
    assertEquals(often.thresholdAt(200), rarely.thresholdAt(200));
  }

  @Test
  void limitStandsForTheTarget() {
    Schedule schedule = new TwoSlope(0.1, 200, 1.5, 0.95, TIMING);
    assertEquals(0.95, schedule.target());
    assertEquals(0.95, schedule.sparsityAt(100));
  }

  @Test
  void constructorValidates() {
    Timing open = new Timing(Timing.Unit.STEP, 0, Timing.OPEN, 1);
    Timing once = Timing.once(Timing.Unit.STEP, 7);
    assertThrows(InvalidInputException.class, () -> new TwoSlope(0, 200, 1.5, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new TwoSlope(0.1, 99, 1.5, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new TwoSlope(0.1, 301, 1.5, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new TwoSlope(0.1, 200, -1, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new TwoSlope(0.1, 200, 1.5, 1, TIMING));
    assertThrows(InvalidInputException.class, () -> new TwoSlope(0.1, 5, 1.5, 0.9, open));
    assertThrows(InvalidInputException.class, () -> new TwoSlope(0.1, 7, 1.5, 0.9, once));
  }
}
