package org.espalier.pruning.rewind;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.WeightSource;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.compensation.None;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.pruning.core.forward.Stored;
import org.espalier.pruning.core.lifecycle.Prune;
import org.espalier.pruning.core.update.Plain;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Decides masks between two trainings, from weights alone. The clock of the recipe counts rounds:
 * step and epoch are both the number of rounds before this one, so that {@code {type: geometric,
 * rate: 0.2, begin: 0, every: 1}} prunes a fifth of the living weights in every round.
 */
final class MaskDecision {

  private final Recipe recipe;

  /**
   * @param recipe what to prune
   * @param served what criteria may ask for besides weights: initial values, or nothing
   * @throws InvalidInputException if a criterion wants more
   */
  MaskDecision(Recipe recipe, Set<Statistic> served) {
    this.recipe = recipe;
    for (PruningGroup group : recipe.groups()) {
      Set<Statistic> rest = EnumSet.noneOf(Statistic.class);
      rest.addAll(group.needs());
      rest.removeAll(served);
      if (!rest.isEmpty() || group.criterion() instanceof TrackingCriterion) {
        throw new InvalidInputException(
            "criterion",
            "one that looks at weights alone" + (served.isEmpty() ? "" : ", or at " + served),
            "'" + group.criterion().type() + "' in group '" + group.name() + "'",
            "choose magnitude, for example");
      }
      requireUsual(group, "lifecycle", group.lifecycle(), Prune.INSTANCE);
      requireUsual(group, "compensation", group.compensation(), None.INSTANCE);
      requireUsual(group, "forward", group.forward(), Stored.INSTANCE);
      requireUsual(group, "update", group.update(), Plain.INSTANCE);
      requireUsual(group, "regularizers", group.regularizers(), List.of());
    }
  }

  /** Refuses what works inside a training: masks are decided between trainings here. */
  private static void requireUsual(PruningGroup group, String key, Object found, Object usual) {
    if (!found.equals(usual)) {
      throw new InvalidInputException(
          key,
          "the usual choice, because masks are decided between trainings",
          found + " in group '" + group.name() + "'",
          "leave it out");
    }
  }

  /**
   * Returns the masks of the next round.
   *
   * @param network initialized, with trained weights
   * @param masks of the round before, by path
   * @param rounds rounds before this one
   * @param initial the values before training, by path
   * @throws InvalidInputException if the recipe does not fit the network, prunes nothing in this
   *     round, or a weight is not finite
   */
  Map<String, Mask> next(
      Block network, Map<String, Mask> masks, int rounds, Map<String, float[]> initial) {
    TrainingTime time = new TrainingTime(rounds, rounds, true);
    if (!recipe.updatesAt(time)) {
      throw new InvalidInputException(
          "schedule",
          "a decision in round " + (rounds + 1),
          "none: the recipe's clock counts rounds from 0",
          "let the schedule begin at 0 and decide every 1, or do fewer rounds");
    }
    NetworkParameters parameters = new NetworkParameters(network);
    Binding binding = Binding.of(recipe, parameters.infos());
    Map<String, Parameter> byPath = parameters.byPath();
    WeightSource weights = (tensor, current) -> read(tensor, byPath, initial);
    return Pruner.next(binding, new PruningState(time, masks), weights).masks();
  }

  private WeightTensor read(
      TensorInfo tensor, Map<String, Parameter> byPath, Map<String, float[]> initial) {
    String path = tensor.name();
    float[] values = HostValues.read(path, byPath.get(path).getArray());
    WeightTensor weights = WeightTensor.of(path, tensor.shape(), values).withSeed(recipe.seed());
    boolean wanted =
        recipe.groups().stream().anyMatch(g -> g.needs().contains(Statistic.INITIAL_VALUE));
    return wanted ? weights.with(Statistic.INITIAL_VALUE, initial.get(path)) : weights;
  }
}
