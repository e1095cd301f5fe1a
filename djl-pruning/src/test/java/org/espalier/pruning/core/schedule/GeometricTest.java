package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class GeometricTest {

  private static final Timing OPEN = new Timing(Timing.Unit.EPOCH, 2, Timing.OPEN, 3);

  /**
   * The ladder of the lottery ticket paper, percent of all weights of LeNet-300-100 that live: 20 %
   * per round of the 265200 in hidden layers, 10 % of the 1000 in the output layer.
   */
  @Test
  void ladderOfTheLotteryTicketPaper() {
    double[] percent = {
      80.04, 64.06, 51.28, 41.05, 32.87, 26.32, 21.07, 16.88, 13.52, 10.83, 8.68, 6.95, 5.57, 4.47,
      3.58, 2.87
    };
    Schedule hidden = new Geometric(0.2, 0.99, OPEN);
    Schedule output = new Geometric(0.1, 0.99, OPEN);
    for (int round = 0; round < percent.length; round++) {
      long count = 2 + 3L * round;
      double living =
          265200 * (1 - hidden.sparsityAt(count)) + 1000 * (1 - output.sparsityAt(count));
      assertEquals(percent[round], 100 * living / 266200, 0.0051, "round " + (round + 1));
    }
  }

  @Test
  void targetIsReachedExactlyAndKept() {
    // 0.5, 0.75, 0.875 and then the cap
    Schedule schedule = new Geometric(0.5, 0.9, OPEN);
    assertEquals(0.5, schedule.sparsityAt(2));
    assertEquals(0.5, schedule.sparsityAt(4));
    assertEquals(0.75, schedule.sparsityAt(5));
    assertEquals(0.875, schedule.sparsityAt(8));
    assertEquals(0.9, schedule.sparsityAt(11));
    assertEquals(0.9, schedule.sparsityAt(1_000_000_000));
  }

  @Test
  void endThatLeavesTooFewDecisionsIsRefused() {
    // 0.9 takes four decisions at rate 0.5: 0, 2, 4, 6; the end at 5 is the fourth
    new Geometric(0.5, 0.9, new Timing(Timing.Unit.STEP, 0, 6, 2));
    Schedule early = new Geometric(0.5, 0.9, new Timing(Timing.Unit.STEP, 0, 5, 2));
    assertEquals(0.9, early.sparsityAt(5));
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> new Geometric(0.5, 0.9, new Timing(Timing.Unit.STEP, 0, 4, 2)));
    assertEquals(
        "end: expected an end that leaves enough decisions to reach the target 0.9, found 4,"
            + " 3 decisions that reach 0.875; end later, decide more often, or raise the rate",
        error.getMessage());
  }

  @Test
  void targetOfWholeRoundsNeedsNoExtraDecision() {
    // 1 - 0.8^3 = 0.488, whatever the last bit says
    Schedule schedule = new Geometric(0.2, 0.488, new Timing(Timing.Unit.STEP, 0, 2, 1));
    assertEquals(0.488, schedule.sparsityAt(2));
  }

  @Test
  void ratesAreFractions() {
    for (double rate : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThrows(InvalidInputException.class, () -> new Geometric(rate, 0.9, OPEN));
    }
  }
}
