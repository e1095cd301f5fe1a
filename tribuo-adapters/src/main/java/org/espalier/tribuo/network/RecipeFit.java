package org.espalier.tribuo.network;

import ai.djl.nn.Block;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.schedule.Constant;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.EspalierException;

/** Whether a recipe suits a network and the length of its training. */
final class RecipeFit {

  private RecipeFit() {}

  /**
   * Refuses a recipe whose globs, patterns or allocations do not fit the network.
   *
   * @param component name of the trainer, for the message; may be null
   */
  static void requireFits(String component, Recipe recipe, Block network) {
    try {
      Binding.of(recipe, new NetworkParameters(network).infos());
    } catch (EspalierException e) {
      throw new PropertyException(
          e, component, "recipe", "the recipe does not fit the network: " + e.getMessage());
    }
  }

  /**
   * Refuses a training that ends before the recipe has brought about what it asks for: before its
   * last decision, or its first, where the sparsity is the same from begin to end.
   *
   * @param component name of the trainer, for the message; may be null
   * @param steps of the whole training
   * @param epochs of the whole training
   */
  static void requireReached(String component, Recipe recipe, long steps, long epochs) {
    for (PruningGroup group : recipe.groups()) {
      Timing timing = group.schedule().timing();
      long last = last(group.schedule());
      boolean byStep = timing.unit() == Timing.Unit.STEP;
      if ((byStep ? steps : epochs) <= last) {
        throw new PropertyException(
            component,
            "recipe",
            "the schedule of group '%s' reaches its target before %s %d, but training has %d;"
                    .formatted(group.name(), timing.unit().text(), last, byStep ? steps : epochs)
                + " let it end earlier or train longer (an epoch has examples / batch size steps)");
      }
    }
  }

  /** Returns whether every group has brought about what it asks for. */
  static boolean isReached(Recipe recipe, TrainingTime time) {
    return recipe.groups().stream()
        .map(PruningGroup::schedule)
        .allMatch(schedule -> schedule.timing().clock(time) > last(schedule));
  }

  /** Returns the count at which a schedule has brought about what it asks for. */
  private static long last(Schedule schedule) {
    Timing timing = schedule.timing();
    boolean fromBegin =
        timing.end() == Timing.OPEN || schedule instanceof Constant || !schedule.hasTarget();
    return fromBegin ? timing.begin() : timing.end();
  }
}
