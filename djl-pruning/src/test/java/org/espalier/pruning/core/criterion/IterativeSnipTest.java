package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightSource;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.lifecycle.Lifecycle;
import org.espalier.pruning.core.lifecycle.Prune;
import org.espalier.pruning.core.lifecycle.Reselect;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** SNIP in one round, in several (iterative SNIP), and with dead weights competing (FORCE). */
class IterativeSnipTest {

  /** Four weights of size 1; once two are dead, the third would matter most. */
  private static final WeightSource BY_HAND =
      (info, masks) -> {
        boolean dense = !masks.containsKey("w") || masks.get("w").keptCount() == 4;
        return WeightTensor.of("w", info.shape(), new float[] {1, -1, 1, -1})
            .with(
                Statistic.GRADIENT, dense ? new float[] {-4, 3, 2, 1} : new float[] {1, 2, -9, 0});
      };

  private static Mask decide(
      double sparsity, int rounds, Lifecycle lifecycle, int n, WeightSource weights) {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(sparsity, Timing.Unit.STEP, 0))
                .optCriterion(Snip.INSTANCE)
                .optLifecycle(lifecycle)
                .optEvidence(new Evidence(1, rounds))
                .build());
    Binding binding = Binding.of(recipe, List.of(new TensorInfo("w", new int[] {n}, true)));
    return Pruner.next(binding, PruningState.EMPTY, weights).masks().get("w");
  }

  /** Gradients A (w * m) of the loss 1/2 (w * m)ᵀ A (w * m), A symmetric; remembers the masks. */
  private static WeightSource quadratic(int n, List<Mask> seen) {
    SplittableRandom random = new SplittableRandom(11);
    float[] values = new float[n];
    float[][] matrix = new float[n][n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = (float) random.nextDouble(-1, 1);
        matrix[j][i] = matrix[i][j];
      }
    }
    return (info, masks) -> {
      Mask mask = masks.getOrDefault("w", Mask.dense(n));
      seen.add(mask);
      float[] gradients = new float[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          gradients[i] += mask.isKept(j) ? matrix[i][j] * values[j] : 0;
        }
      }
      return WeightTensor.of("w", info.shape(), values).with(Statistic.GRADIENT, gradients);
    };
  }

  @Test
  void threeMethodsByHand() {
    // 4 weights to 1; two rounds pass 2. Dense |g w| = 4 3 2 1
    assertArrayEquals(
        new byte[] {1, 0, 0, 0}, decide(0.75, 1, Prune.INSTANCE, 4, BY_HAND).toBytes());
    // round 1 leaves the first two; then |g w| = 1 2 9 0, where the 9 is dead
    assertArrayEquals(
        new byte[] {0, 1, 0, 0}, decide(0.75, 2, Prune.INSTANCE, 4, BY_HAND).toBytes());
    // and here it returns
    assertArrayEquals(
        new byte[] {0, 0, 1, 0}, decide(0.75, 2, Reselect.INSTANCE, 4, BY_HAND).toBytes());
  }

  @Test
  void oneRoundIsSnipWhateverTheLifecycle() {
    WeightSource weights = quadratic(200, new ArrayList<>());
    WeightTensor dense = weights.read(new TensorInfo("w", new int[] {200}, true), Map.of());
    Mask snip = Mask.ofWords(new int[] {200}, Snip.INSTANCE.score(dense).largest(20));
    assertEquals(snip, decide(0.9, 1, Prune.INSTANCE, 200, weights));
    assertEquals(snip, decide(0.9, 1, Reselect.INSTANCE, 200, weights));
  }

  @Test
  void keptCountsOfTheRoundsAreGeometric() {
    for (Lifecycle lifecycle : List.of(Prune.INSTANCE, Reselect.INSTANCE)) {
      List<Mask> seen = new ArrayList<>();
      Mask last = decide(0.9, 5, lifecycle, 1000, quadratic(1000, seen));
      // exp(a log 100 + (1 - a) log 1000) = 630.96 398.11 251.19 158.49 100
      assertEquals(List.of(1000, 631, 398, 251, 158), seen.stream().map(Mask::keptCount).toList());
      assertEquals(100, last.keptCount());
    }
  }

  @Test
  void onlyForceRevives() {
    List<Mask> pruned = new ArrayList<>();
    pruned.add(decide(0.95, 20, Prune.INSTANCE, 300, quadratic(300, pruned)));
    List<Mask> force = new ArrayList<>();
    force.add(decide(0.95, 20, Reselect.INSTANCE, 300, quadratic(300, force)));
    boolean revived = false;
    for (int round = 1; round <= 20; round++) {
      assertTrue(pruned.get(round).isSubsetOf(pruned.get(round - 1)), "round " + round);
      revived |= !force.get(round).isSubsetOf(force.get(round - 1));
    }
    assertTrue(revived);
    assertEquals(15, pruned.get(20).keptCount());
    assertEquals(15, force.get(20).keptCount());
    assertFalse(pruned.get(20).equals(force.get(20)));
  }
}
