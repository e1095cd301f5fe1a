package org.espalier.experiments;

import java.util.Locale;
import java.util.Optional;
import org.espalier.pruning.core.Recipe;

/** One way of pruning that a study compares with others: a constant of an enum. */
interface Method {

  /** Returns the constant's name, as files of runs hold it. */
  String name();

  /**
   * Returns what is pruned and how; nothing for dense training, which no sparsity applies to.
   *
   * @param sparsity in (0, 1)
   * @param epochs of the whole training
   * @param stepsPerEpoch optimizer steps
   */
  Optional<Recipe> recipe(double sparsity, int epochs, int stepsPerEpoch, long seed);

  /** Returns whether nothing is pruned. */
  default boolean dense() {
    return name().equals("DENSE");
  }

  /** Returns whether masks are permuted within their layers before training. */
  default boolean shuffled() {
    return false;
  }

  /** Returns the name in tables and file names. */
  default String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
