package org.espalier.experiments;

import java.util.Optional;
import org.espalier.pruning.core.Recipe;

/** Ways of training in which the network itself finds out what it can do without. */
enum GateMethod implements Method {
  /** Louizos et al. 2018: a gate on every input of every layer, one price for all weights. */
  L0(
      "groups: ["
          + "{name: input, include: ['02*weight'], forward: {type: l0, dropped: 0.2, %1$s}, %2$s},"
          + " {name: rest, include: ['04*weight', '06*weight'],"
          + " forward: {type: l0, dropped: 0.5, %1$s}, %2$s}]",
      "pattern: input-channel, lifecycle: follow, schedule: {type: observe, every: 1, unit: epoch}"),
  /** Molchanov et al. 2017: noise of its own on every weight; KL fades in over a tenth. */
  VARIATIONAL_DROPOUT(
      "forward: {type: variational-dropout, warmup: %3$d, %1$s}, %2$s",
      "lifecycle: follow, schedule: {type: observe, every: 1, unit: epoch}");

  /** Of MNIST: penalties are divided by it. */
  private static final String EXAMPLES = "examples: 60000";

  private final String keys;
  private final String masks;

  GateMethod(String keys, String masks) {
    this.keys = keys;
    this.masks = masks;
  }

  /** The sparsity is what comes out: that which is asked for counts for nothing. */
  @Override
  public Optional<Recipe> recipe(double sparsity, int epochs, int stepsPerEpoch, long seed) {
    String text = keys.formatted(EXAMPLES, masks, epochs * stepsPerEpoch / 10);
    return Optional.of(Recipe.parse("{seed: %d, %s}".formatted(seed, text)));
  }
}
