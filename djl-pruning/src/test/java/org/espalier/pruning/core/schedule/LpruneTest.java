package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.Validation;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class LpruneTest {

  private static final Timing TIMING = new Timing(Timing.Unit.EPOCH, 0, Timing.OPEN, 1);
  private static final Lprune LPRUNE = new Lprune(2.0 / 3, 2, 0.95, TIMING);

  private static Demand.MeanFactor demand(Validation validation) {
    Situation situation = new Situation(TrainingTime.START, 0.3, validation);
    return (Demand.MeanFactor) LPRUNE.demandAt(situation);
  }

  @Test
  void factorRisesWithTheGeneralizationLoss() {
    // GL = 100 (1.25 / 1 - 1) = 25 percent: 2/3 (1 - 1 / 51)
    assertEquals(2.0 / 3 * 50 / 51, demand(new Validation(1, 1.25)).factor(), 1e-15);
    // GL = 100 (3 / 2 - 1) = 50 percent: 2/3 (1 - 1 / 101)
    assertEquals(2.0 / 3 * 100 / 101, demand(new Validation(2, 3)).factor(), 1e-15);
    assertEquals(0.95, demand(new Validation(2, 3)).limit());
  }

  @Test
  void factorIsZeroWithoutOverfitting() {
    assertEquals(0, demand(Validation.NONE).factor());
    assertEquals(0, demand(new Validation(0.5, 0.5)).factor());
    // negative losses: GL = 100 (-1 / -2 - 1) = -50
    assertEquals(0, demand(new Validation(-2, -1)).factor());
  }

  @Test
  void constructorValidates() {
    assertThrows(InvalidInputException.class, () -> new Lprune(0, 2, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new Lprune(1.1, 2, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new Lprune(0.5, 0, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new Lprune(0.5, 2, 1, TIMING));
  }
}
