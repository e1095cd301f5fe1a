package org.espalier.tribuo.network;

import ai.djl.nn.Block;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TrainingTime;
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
   * Refuses a training that ends before the recipe has taken its last decision.
   *
   * @param component name of the trainer, for the message; may be null
   * @param steps of the whole training
   * @param epochs of the whole training
   */
  static void requireReached(String component, Recipe recipe, long steps, long epochs) {
    for (PruningGroup group : recipe.groups()) {
      Timing timing = group.schedule().timing();
      boolean byStep = timing.unit() == Timing.Unit.STEP;
      if ((byStep ? steps : epochs) <= last(timing)) {
        throw new PropertyException(
            component,
            "recipe",
            "the schedule of group '%s' takes its last decision before %s %d, but training has %d;"
                    .formatted(
                        group.name(), timing.unit().text(), last(timing), byStep ? steps : epochs)
                + " let it end earlier or train longer (an epoch has examples / batch size steps)");
      }
    }
  }

  /** Returns whether every group has taken its last decision, or its first if there is no last. */
  static boolean isReached(Recipe recipe, TrainingTime time) {
    return recipe.groups().stream()
        .map(group -> group.schedule().timing())
        .allMatch(timing -> timing.clock(time) > last(timing));
  }

  private static long last(Timing timing) {
    return timing.end() == Timing.OPEN ? timing.begin() : timing.end();
  }
}
