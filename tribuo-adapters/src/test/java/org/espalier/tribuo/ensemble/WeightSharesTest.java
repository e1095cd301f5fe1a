package org.espalier.tribuo.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.sparse.mask.Counts;
import org.espalier.tribuo.network.TrainingPlan;
import org.espalier.tribuo.network.WeightCount;
import org.junit.jupiter.api.Test;

/** Shares add up to the budget exactly, and recipes keep just them. */
class WeightSharesTest {

  private static TrainingPlan plan(long... elements) {
    WeightCount[] weights = new WeightCount[elements.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = new WeightCount("w" + i, elements[i], 0);
    }
    return new TrainingPlan(100, List.of(weights), null);
  }

  @Test
  void byHand() {
    WeightShares shares = new WeightShares(3, 1);
    // 20 weights: 7, 7, 6.
    assertEquals(20, shares.together(20));
    assertEquals(7, shares.of(0, 20));
    assertEquals(7, shares.of(1, 20));
    assertEquals(6, shares.of(2, 20));
    // 0.7 of 10 is 7, also in binary arithmetic: 3, 2, 2.
    assertEquals(7, new WeightShares(3, 0.7).together(10));
    assertEquals(3, new WeightShares(3, 0.7).of(0, 10));
    assertEquals(2, new WeightShares(3, 0.7).of(2, 10));
    // 0.35 of 10 is 3.5, of which 3 are allowed.
    assertEquals(3, new WeightShares(2, 0.35).together(10));
  }

  @Test
  void sharesAddUpAndRecipesKeepThem() {
    for (long n : new long[] {40, 41, 97, 1000, 1024, 99_991, 12_345_679, 2_000_000_011}) {
      for (int members = 2; members <= 9; members++) {
        for (double budget : new double[] {1, 0.9, 0.5, 1 / 3.0}) {
          WeightShares shares = new WeightShares(members, budget);
          long sum = 0;
          for (int m = 0; m < members; m++) {
            PruningGroup group = shares.recipe(m, plan(n)).groups().get(0);
            double sparsity = group.schedule().sparsityAt(75);
            assertEquals(shares.of(m, n), Counts.kept(sparsity, n), n + " of " + members);
            sum += shares.of(m, n);
          }
          assertEquals(shares.together(n), sum);
          assertTrue(sum <= budget * n);
        }
      }
    }
  }

  @Test
  void everyLayerHasAGroupAndALayerWithoutEnoughIsRefused() {
    var groups = new WeightShares(4, 1).recipe(0, plan(16, 4)).groups();
    assertEquals(List.of("w0", "w1"), groups.stream().map(PruningGroup::name).toList());
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> new WeightShares(4, 1).recipe(3, plan(16, 3)));
    assertEquals(
        "4 members share 3 weights of 'w1', and some would get none; set fewer members",
        refused.getMessage());
  }
}
