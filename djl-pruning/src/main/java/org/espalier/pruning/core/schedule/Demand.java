package org.espalier.pruning.core.schedule;

import org.espalier.sparse.InvalidInputException;

/** What a schedule asks of a group at one decision; an allocation answers it. */
public sealed interface Demand {

  /**
   * A sparsity of the whole group.
   *
   * @param sparsity in [0, 1)
   */
  record Sparsity(double sparsity) implements Demand {}

  /**
   * The death of every unit whose score is at most a threshold.
   *
   * @param above units with a score above this live
   * @param limit sparsity that no tensor may exceed, in [0, 1)
   */
  record Threshold(double above, double limit) implements Demand {}

  /**
   * The death of every unit whose score is at most a multiple of its tensor's mean score.
   *
   * @param factor times the mean score of the living units of the tensor
   * @param limit sparsity that no tensor may exceed, in [0, 1)
   */
  record MeanFactor(double factor, double limit) implements Demand {}

  /**
   * Returns the sparsity that is asked for.
   *
   * @throws InvalidInputException if a threshold is: allocations that spread a sparsity cannot
   *     answer that
   */
  default double requireSparsity(String allocation) {
    if (this instanceof Sparsity demand) {
      return demand.sparsity();
    }
    throw new InvalidInputException(
        "allocation",
        "'threshold' for a schedule that asks for a threshold",
        "'" + allocation + "'",
        "use the allocation threshold, or a schedule of sparsities");
  }
}
