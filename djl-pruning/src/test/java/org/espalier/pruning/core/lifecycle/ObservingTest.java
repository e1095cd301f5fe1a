package org.espalier.pruning.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lifecycles that read masks off the weights. */
class ObservingTest {

  private static final TensorInfo W = new TensorInfo("w", new int[] {2, 3}, true);

  private static PruningState decide(String recipe, PruningState state, float... values) {
    return Pruner.next(
        Binding.of(Recipe.parse(recipe), List.of(W)),
        state,
        (info, masks) -> WeightTensor.of(info.name(), info.shape(), values));
  }

  @Test
  void followTakesWhatIsNotZeroEveryTime() {
    String recipe = "{lifecycle: follow, schedule: {type: observe}}";
    PruningState first = decide(recipe, PruningState.EMPTY, 1, 0, -2, -0f, 1e-40f, 0);
    assertArrayEquals(new byte[] {1, 0, 1, 0, 1, 0}, first.mask(W).toBytes());
    PruningState second = decide(recipe, first.at(first.time().nextStep()), 0, 3, -2, 0, 0, 0);
    assertArrayEquals(new byte[] {0, 1, 1, 0, 0, 0}, second.mask(W).toBytes());
  }

  @Test
  void lockFreezesTheFirstMask() {
    String recipe = "{lifecycle: lock, schedule: {type: observe}}";
    PruningState first = decide(recipe, PruningState.EMPTY, 1, 0, -2, -0f, 1e-40f, 0);
    assertArrayEquals(new byte[] {1, 0, 1, 0, 1, 0}, first.mask(W).toBytes());
    PruningState second = decide(recipe, first.at(first.time().nextStep()), 0, 3, -2, 4, 0, 0);
    assertEquals(first.masks(), second.masks());
  }

  /** 2:4 leaves every tensor at 0.5, but nobody asks here. */
  @Test
  void noTargetContradictsNoPattern() {
    Recipe recipe = Recipe.parse("{pattern: '2:4', lifecycle: lock, schedule: {type: observe}}");
    assertEquals(recipe, Recipe.parse(recipe.canonicalText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"follow", "lock"})
  void aTargetIsRefused(String lifecycle) {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () ->
                Recipe.parse(
                    "{lifecycle: %s, schedule: {type: one-shot, target: 0.5}}"
                        .formatted(lifecycle)));
    assertEquals(
        "recipe: schedule.type: expected observe, as the lifecycle '%s' takes no target, found"
                .formatted(lifecycle)
            + " 'one-shot'; write schedule: {type: observe}, with begin, end, every as you like",
        error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prune", "reselect"})
  void lifecyclesThatWantATargetRefuseNone(String lifecycle) {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> Recipe.parse("{lifecycle: %s, schedule: {type: observe}}".formatted(lifecycle)));
    assertEquals("recipe: schedule.type", error.place());
  }
}
