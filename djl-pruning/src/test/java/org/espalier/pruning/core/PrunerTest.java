package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.espalier.pruning.core.allocation.Global;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

class PrunerTest {

  private static final TensorInfo A = new TensorInfo("a", new int[] {2, 3}, true);
  private static final TensorInfo B = new TensorInfo("b", new int[] {4}, true);
  private static final Map<String, float[]> VALUES =
      Map.of("a", new float[] {5, -1, 4, 1, -9, 2}, "b", new float[] {0.5f, 3, -6, 0});

  private static WeightSource read(Map<String, float[]> values) {
    return (info, masks) -> WeightTensor.of(info.name(), info.shape(), values.get(info.name()));
  }

  private static PruningState prune(Recipe recipe) {
    return Pruner.next(Binding.of(recipe, List.of(A, B)), PruningState.EMPTY, read(VALUES));
  }

  @Test
  void uniformMagnitudeByHand() {
    PruningState state = prune(Recipe.oneShot(0.5));
    // |a| = 5 1 4 1 9 2 keeps 3; |b| = .5 3 6 0 keeps 2
    assertArrayEquals(new byte[] {1, 0, 1, 0, 1, 0}, state.masks().get("a").toBytes());
    assertArrayEquals(new byte[] {0, 1, 1, 0}, state.masks().get("b").toBytes());
    assertEquals(5, state.keptCount());
    assertEquals(10, state.elements());
    assertEquals(0.5, state.sparsity());
  }

  @Test
  void globalMagnitudeByHand() {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.7, Timing.Unit.STEP, 0))
                .optAllocation(Global.INSTANCE)
                .build());
    PruningState state = prune(recipe);
    // the best 3 of all: 9 and 5 in a, 6 in b
    assertArrayEquals(new byte[] {1, 0, 0, 0, 1, 0}, state.masks().get("a").toBytes());
    assertArrayEquals(new byte[] {0, 0, 1, 0}, state.masks().get("b").toBytes());
  }

  @Test
  void groupsAreDueOnTheirOwn() {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 0))
                .optName("now")
                .optInclude("a")
                .build(),
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 9))
                .optName("later")
                .optInclude("b")
                .build());
    assertEquals(List.of("a"), List.copyOf(prune(recipe).masks().keySet()));
  }

  @Test
  void pruningIsPermanentEvenAmongTies() {
    // Everything is 0: ties alone would revive the lowest indices.
    float[] zeros = new float[6];
    PruningState start =
        new PruningState(
            TrainingTime.START, Map.of("a", Mask.ofBytes(new byte[] {0, 0, 0, 1, 1, 1}, 2, 3)));
    Binding binding = Binding.of(Recipe.oneShot(2 / 3.0), List.of(A));
    PruningState next = Pruner.next(binding, start, read(Map.of("a", zeros)));
    assertArrayEquals(new byte[] {0, 0, 0, 1, 1, 0}, next.masks().get("a").toBytes());
  }

  @Test
  void aLowerTargetNeverRevives() {
    PruningState start =
        new PruningState(
            TrainingTime.START, Map.of("a", Mask.ofBytes(new byte[] {1, 0, 0, 0, 0, 0}, 2, 3)));
    Binding binding = Binding.of(Recipe.oneShot(0.5), List.of(A));
    PruningState next = Pruner.next(binding, start, read(VALUES));
    assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 0}, next.masks().get("a").toBytes());
  }

  @Test
  void masksShrinkAlongASchedule() {
    Recipe recipe = Recipe.of(Curve.cubic(0, 0.9, new Timing(Timing.Unit.STEP, 0, 10, 1)));
    TensorInfo tensor = new TensorInfo("w", new int[] {20, 50}, true);
    Binding binding = Binding.of(recipe, List.of(tensor));
    SplittableRandom random = new SplittableRandom(5);
    PruningState state = PruningState.EMPTY;
    Mask previous = Mask.dense(20, 50);
    for (int step = 0; step <= 10; step++) {
      float[] values = new float[1000];
      for (int i = 0; i < values.length; i++) {
        values[i] = previous.isKept(i) ? (float) random.nextDouble(-1, 1) : 0f;
      }
      state = Pruner.next(binding, state, read(Map.of("w", values)));
      Mask mask = state.masks().get("w");
      double f = 1 - step / 10.0;
      assertEquals((int) Math.floor((1 - 0.9 * (1 - f * f * f)) * 1000 + 0.5), mask.keptCount());
      assertTrue(mask.isSubsetOf(previous));
      previous = mask;
      state = state.at(state.time().nextStep());
    }
    assertEquals(100, previous.keptCount());
  }

  @Test
  void weightsThatAreNoNumbersDecideNothing() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] values = {1, 2, bad, 4, 5, 6};
      Binding binding = Binding.of(Recipe.oneShot(0.5), List.of(A));
      InvalidInputException error =
          assertThrows(
              InvalidInputException.class,
              () -> Pruner.next(binding, PruningState.EMPTY, read(Map.of("a", values))));
      assertEquals(
          "a[2]: expected finite weights to decide a mask, found "
              + bad
              + "; lower the learning rate or mend the weights; nothing was pruned",
          error.getMessage());
    }
  }

  @Test
  void criteriaMayNotGiveNaN() {
    Criterion broken =
        new Criterion() {
          @Override
          public String type() {
            return "broken";
          }

          @Override
          public Scores score(WeightTensor tensor) {
            return Scores.of(0f, 0f, 0f, 0f, 0f, Float.NaN);
          }
        };
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 0))
                .optCriterion(broken)
                .optInclude("a")
                .build());
    assertThrows(InvalidInputException.class, () -> prune(recipe));
  }

  @Test
  void gradientsMustBeAskedFor() {
    WeightTensor tensor = WeightTensor.of("w", new int[] {2}, new float[] {1, 2});
    assertThrows(IllegalStateException.class, tensor::gradients);
    assertArrayEquals(
        new float[] {3, 4}, tensor.with(Statistic.GRADIENT, new float[] {3, 4}).gradients());
    assertThrows(
        IllegalArgumentException.class, () -> tensor.with(Statistic.GRADIENT, new float[] {3}));
  }
}
