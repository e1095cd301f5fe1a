package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.espalier.pruning.core.schedule.Demand;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static double sparsity(double target, double before, int round, int rounds) {
    return Rounds.demand(new Demand.Sparsity(target), before, round, rounds)
        .requireSparsity("uniform");
  }

  @Test
  void densitiesFallGeometrically() {
    // 0.1^(t/5) = 0.630957 0.398107 0.251189 0.158489 0.1
    assertEquals(1 - 0.6309573444801932, sparsity(0.9, 0, 1, 5), 1e-15);
    assertEquals(1 - 0.3981071705534972, sparsity(0.9, 0, 2, 5), 1e-15);
    assertEquals(1 - 0.25118864315095796, sparsity(0.9, 0, 3, 5), 1e-15);
    assertEquals(1 - 0.15848931924611134, sparsity(0.9, 0, 4, 5), 1e-15);
  }

  @Test
  void theFormOfForceGivesTheSame() {
    // k_t = exp(a log k + (1 - a) log m), a = t / T, from m = 1000 weights to k = 50
    for (int t = 1; t <= 60; t++) {
      double a = t / 60.0;
      double kept = Math.exp(a * Math.log(50) + (1 - a) * Math.log(1000));
      assertEquals(kept / 1000, 1 - sparsity(0.95, 0, t, 60), 1e-14);
    }
  }

  @Test
  void theyStartFromWhatIsDeadAlready() {
    // density 0.5 to 0.05: 0.5 * 0.1^(1/3) and 0.5 * 0.1^(2/3)
    assertEquals(1 - 0.5 * 0.46415888336127786, sparsity(0.95, 0.5, 1, 3), 1e-15);
    assertEquals(1 - 0.5 * 0.21544346900318834, sparsity(0.95, 0.5, 2, 3), 1e-15);
  }

  @Test
  void theLastRoundIsTheDemandItself() {
    Demand demand = new Demand.Sparsity(0.9);
    assertSame(demand, Rounds.demand(demand, 0, 1, 1));
    assertSame(demand, Rounds.demand(demand, 0.3, 7, 7));
  }

  @Test
  void whatAsksForNothingMoreIsNotDivided() {
    Demand reached = new Demand.Sparsity(0.4);
    assertSame(reached, Rounds.demand(reached, 0.4, 1, 9));
    assertSame(reached, Rounds.demand(reached, 0.7, 1, 9));
  }

  @Test
  void thresholdsAreNotApproached() {
    Demand threshold = new Demand.Threshold(0.1, 0.9);
    Demand factor = new Demand.MeanFactor(0.5, 0.9);
    for (int round = 1; round <= 3; round++) {
      assertSame(threshold, Rounds.demand(threshold, 0, round, 3));
      assertSame(factor, Rounds.demand(factor, 0, round, 3));
    }
  }
}
