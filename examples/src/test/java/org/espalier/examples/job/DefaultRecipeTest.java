package org.espalier.examples.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.allocation.Global;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.Timing;
import org.junit.jupiter.api.Test;

class DefaultRecipeTest {

  @Test
  void halfOfTheStepsPruneAndHalfRecover() {
    Recipe recipe = DefaultRecipe.of(0.9, 12, 157, 7);
    assertEquals(7, recipe.seed());
    assertEquals(Global.INSTANCE, recipe.groups().get(0).allocation());
    // 12 * 157 / 2 steps, 157 / 4 apart
    assertEquals(
        Curve.cubic(0, 0.9, new Timing(Timing.Unit.STEP, 0, 942, 39)),
        recipe.groups().get(0).schedule());
  }

  @Test
  void theTargetIsReachedEvenInTheShortestTraining() {
    Recipe recipe = DefaultRecipe.of(0.5, 1, 1, 7);
    var schedule = recipe.groups().get(0).schedule();
    assertTrue(schedule.timing().includes(0));
    assertEquals(0.5, schedule.sparsityAt(0));
  }
}
