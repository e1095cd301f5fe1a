package org.espalier.pruning.core.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.Validation;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.junit.jupiter.api.Test;

class AutopruneTest {

  private static final Timing TIMING = new Timing(Timing.Unit.EPOCH, 0, Timing.OPEN, 1);
  private static final Autoprune AUTOPRUNE = new Autoprune(0.35, 0.1, 5, 0.5, TIMING);
  private static final Validation FITS = new Validation(1, 1.04);
  private static final Validation OVERFITS = new Validation(1, 1.06);

  private static double demand(double sparsity, Validation validation) {
    Situation situation = new Situation(TrainingTime.START, sparsity, validation);
    return ((Demand.Sparsity) AUTOPRUNE.demandAt(situation)).sparsity();
  }

  @Test
  void firstDecisionPrunesMuchWhateverTheLosses() {
    assertEquals(0.35, demand(0, Validation.NONE));
    assertEquals(0.35, demand(0, OVERFITS));
  }

  @Test
  void laterDecisionsPruneATenthOfTheLivingWhenTheNetworkOverfits() {
    // 1 - .65 * .9 = .415, 1 - .65 * .81 = .4735, then the limit
    assertEquals(0.415, demand(0.35, OVERFITS), 1e-15);
    assertEquals(0.4735, demand(0.415, OVERFITS), 1e-15);
    assertEquals(0.5, demand(0.4735, OVERFITS));
    assertEquals(0.5, demand(0.5, OVERFITS));
  }

  @Test
  void withoutOverfittingTheSparsityStays() {
    assertEquals(0.35, demand(0.35, FITS));
    assertEquals(0.415, demand(0.415, FITS), 1e-15);
    assertEquals(0.5, demand(0.5, FITS));
  }

  /** Counts are rounded, so the group is seldom on a rung itself: 63 decisions must not drift. */
  @Test
  void decisionsThatPruneNothingLeaveTheCountAlone() {
    for (int n : new int[] {97, 1001, 266200}) {
      double sparsity = demand(0.35, OVERFITS);
      long kept = Counts.kept(sparsity, n);
      for (int decision = 0; decision < 63; decision++) {
        sparsity = demand((double) (n - kept) / n, FITS);
        assertEquals(kept, Counts.kept(sparsity, n));
      }
    }
  }

  @Test
  void limitBelowTheFirstDecisionHolds() {
    Schedule schedule = new Autoprune(0.35, 0.1, 0, 0.2, TIMING);
    Situation dense = new Situation(TrainingTime.START, 0, Validation.NONE);
    assertEquals(new Demand.Sparsity(0.2), schedule.demandAt(dense));
    // pruned by other means beyond the limit, up to nothing alive
    Situation dead = new Situation(TrainingTime.START, 1, OVERFITS);
    assertEquals(new Demand.Sparsity(0.2), schedule.demandAt(dead));
  }

  @Test
  void constructorValidates() {
    assertThrows(InvalidInputException.class, () -> new Autoprune(1, 0.1, 0, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new Autoprune(0.35, 0, 0, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new Autoprune(0.35, 0.1, -1, 0.9, TIMING));
    assertThrows(InvalidInputException.class, () -> new Autoprune(0.35, 0.1, 0, 1, TIMING));
  }
}
