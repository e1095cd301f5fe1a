package org.espalier.tribuo.network;

import java.util.List;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.Schedule;

/**
 * What a training would do, before it does.
 *
 * @param steps optimizer steps, at least 1
 * @param weights of the network that are pruned unless a recipe says otherwise, none of them zero
 *     yet
 * @param recipe that is followed; null if nothing is pruned
 */
public record TrainingPlan(long steps, List<WeightCount> weights, Recipe recipe) {

  /** Copies the list. */
  public TrainingPlan {
    weights = List.copyOf(weights);
  }

  /**
   * Returns the schedule that a trainer with the property {@code sparsity} follows in this
   * training.
   *
   * @param sparsity fraction of zeros in (0, 1)
   */
  public Schedule schedule(double sparsity) {
    return RecipeChoice.schedule(sparsity, steps);
  }
}
