package org.espalier.benchmarks;

import java.util.List;
import java.util.Optional;
import org.espalier.pruning.core.Recipe;

/** What recipes add to a training step, network by network. */
final class TrainingCosts {

  /** All regularizers; where they act by the gradient or after the update, both ways. */
  private static final List<String> REGULARIZERS =
      List.of(
          "l1",
          "l1, form: proximal",
          "l2",
          "l2, form: decoupled",
          "group-lasso",
          "group-lasso, form: proximal",
          "sparse-group-lasso",
          "sparse-group-lasso, form: proximal",
          "hoyer",
          "hoyer-square",
          "group-hoyer-square",
          "polarization",
          "growing, sparsity: 0.5");

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
      new TakingTurns(network, 100, network.equals("lenet-5") ? 6 : 30)
          .compare(Optional.of(still), Optional.of(moving), "masked", "RigL");
    }
  }

  /** Every regularizer on all weights of LeNet-5, filter by filter, against dense training. */
  static void regularizers() throws Exception {
    String text =
        "{pattern: channel, schedule: {type: one-shot, target: 0},"
            + " regularizers: [{strength: 1e-5, type: %s}]}";
    for (String regularizer : REGULARIZERS) {
      Optional<Recipe> recipe = Optional.of(Recipe.parse(text.formatted(regularizer)));
      new TakingTurns("lenet-5", 1, 60).compare(Optional.empty(), recipe, "none", regularizer);
    }
  }
}
