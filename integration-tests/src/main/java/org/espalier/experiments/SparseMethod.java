package org.espalier.experiments;

import java.util.Optional;
import org.espalier.pruning.core.Recipe;

/**
 * The ways of training a network with few weights that studies compare; every layer has the density
 * that ERK gives it (Evci, Gale, Menick, Castro, Elsen, "Rigging the lottery", ICML 2020).
 */
enum SparseMethod implements Method {
  /** Nothing is pruned. */
  DENSE(""),
  /** A random mask that stays. */
  STATIC("criterion: random, schedule: {type: one-shot, target: %1$s}"),
  /** Mocanu et al. 2018: the weakest go, random ones come. */
  SET("lifecycle: set, " + Constants.UPDATES),
  /** Evci et al. 2020: the weakest go, those with the largest gradients come. */
  RIGL("lifecycle: rigl, " + Constants.UPDATES),
  /** Dettmers and Zettlemoyer 2019: momentum says where weights come, in which layer, too. */
  SNFS("lifecycle: snfs, " + Constants.UPDATES),
  /** Zhu and Gupta 2017: from dense to sparse over the first three quarters of the training. */
  GRADUAL("schedule: {type: cubic, target: %1$s, begin: %3$d, end: %2$d, every: 100}");

  private final String keys;

  SparseMethod(String keys) {
    this.keys = keys;
  }

  @Override
  public Optional<Recipe> recipe(double sparsity, long steps, long seed) {
    if (dense()) {
      return Optional.empty();
    }
    String text = "{seed: %d, allocation: erk, %s}";
    return Optional.of(
        Recipe.parse(text.formatted(seed, keys.formatted(sparsity, steps * 3 / 4, steps / 20))));
  }

  private static final class Constants {
    /** Every 100 steps until three quarters of the training are over: those of Evci et al. */
    static final String UPDATES =
        "schedule: {type: constant, target: %1$s, begin: 0, end: %2$d, every: 100}";
  }
}
