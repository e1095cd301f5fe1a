package org.espalier.experiments;

import java.util.Optional;
import org.espalier.pruning.core.Recipe;

/**
 * The ways of training a network with few weights that studies compare; every layer has the density
 * that ERK gives it (Evci, Gale, Menick, Castro, Elsen, "Rigging the lottery", ICML 2020). Drop and
 * grow happens as often as its authors have it.
 */
enum SparseMethod implements Method {
  /** Nothing is pruned. */
  DENSE(""),
  /** A random mask that stays. */
  STATIC("criterion: random, schedule: {type: one-shot, target: %1$s}"),
  /** Mocanu et al. 2018: once an epoch the weakest go, random ones come. */
  SET("lifecycle: set, schedule: {type: constant, target: %1$s, begin: 0, unit: epoch}"),
  /** Evci et al. 2020: every 100 steps the weakest go, those with the largest gradients come. */
  RIGL(
      "lifecycle: rigl, schedule: {type: constant, target: %1$s, begin: 0, end: %2$d, every: 100}"),
  /** Dettmers and Zettlemoyer 2019: once an epoch; momentum says where weights come. */
  SNFS(
      "lifecycle: snfs, schedule: {type: constant, target: %1$s, begin: 0, end: %3$d, unit: epoch}"),
  /** Zhu and Gupta 2017: from dense to sparse over the first three quarters of the training. */
  GRADUAL("schedule: {type: cubic, target: %1$s, begin: %4$d, end: %2$d, every: 100}");

  private final String keys;

  SparseMethod(String keys) {
    this.keys = keys;
  }

  @Override
  public Optional<Recipe> recipe(double sparsity, int epochs, int stepsPerEpoch, long seed) {
    if (dense()) {
      return Optional.empty();
    }
    int steps = epochs * stepsPerEpoch;
    String filled = keys.formatted(sparsity, steps * 3 / 4, epochs, steps / 20);
    return Optional.of(Recipe.parse("{seed: %d, allocation: erk, %s}".formatted(seed, filled)));
  }
}
