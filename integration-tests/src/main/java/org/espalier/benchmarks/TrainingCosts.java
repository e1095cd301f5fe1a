package org.espalier.benchmarks;

import java.util.List;
import java.util.Optional;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.regularizer.Regularizers;

/** What recipes add to a training step, network by network. */
final class TrainingCosts {

  private TrainingCosts() {}

  /** Masks that stay, against dense training. */
  static void masking() throws Exception {
    Optional<Recipe> masked = Optional.of(Recipe.oneShot(0.9));
    new TakingTurns("lenet-300-100", 1, 2000).compare(Optional.empty(), masked, "dense", "masked");
    new TakingTurns("lenet-5", 1, 300).compare(Optional.empty(), masked, "dense", "masked");
  }

  /** RigL with an update every 100 steps, one in each turn, against masks that stay. */
  static void regrowth() throws Exception {
    Recipe still =
        Recipe.parse(
            "{criterion: random, allocation: erk, schedule: {type: one-shot, target: 0.9}}");
    Recipe moving =
        Recipe.parse(
            "{lifecycle: rigl, allocation: erk, schedule: {type: constant, target: 0.9, begin: 0,"
                + " end: 1000000, every: 100}}");
    for (String network : List.of("lenet-300-100", "lenet-5")) {
      new TakingTurns(network, 100, network.equals("lenet-5") ? 8 : 30)
          .compare(Optional.of(still), Optional.of(moving), "masked", "RigL");
    }
  }

  /** Every regularizer on all weights of LeNet-5, against dense training without Espalier. */
  static void regularizers() throws Exception {
    for (String name : Regularizers.REGISTRY.names()) {
      Recipe recipe =
          Recipe.parse(
              "{schedule: {type: one-shot, target: 0}, regularizers: [{type: %s, strength: 1e-5}]}"
                  .formatted(name));
      new TakingTurns("lenet-5", 1, 300)
          .compare(Optional.empty(), Optional.of(recipe), "none", name);
    }
  }
}
