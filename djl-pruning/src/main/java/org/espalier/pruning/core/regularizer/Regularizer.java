package org.espalier.pruning.core.regularizer;

import java.util.List;
import org.espalier.pruning.core.config.Component;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * A penalty R(w) on the weights of a group, its strength included. It acts either by its gradient,
 * which is added to that of the data loss before the optimizer's update, or by a step of its own
 * after it; never by both. A pure function of its arguments.
 *
 * <p>Where R has a kink at a weight of exactly 0, the subgradient 0 is taken: what is zero stays
 * zero.
 */
public interface Regularizer extends Component {

  /** Returns R(w) over the tensors of a group. */
  double value(List<Penalized> group);

  /**
   * Adds dR/dw to gradients; does nothing where R acts by a step.
   *
   * @param group its tensors; their weights are not changed
   * @param gradients of each tensor, row-major
   */
  void addGradients(List<Penalized> group, List<float[]> gradients);

  /** Returns whether R acts by {@link #step}, and not by its gradient. */
  default boolean stepsAfterUpdate() {
    return false;
  }

  /**
   * Replaces the weights w of one tensor after the optimizer's update: by the proximal step, argmin
   * over v of R(v) + |v - w|² / (2 rate), or by what else the regularizer says.
   *
   * @param tensor whose weights are changed
   * @param learningRate of the optimizer's update
   */
  default void step(Penalized tensor, double learningRate) {
    throw new IllegalStateException(type() + " has no step of its own");
  }

  /**
   * Refuses a pattern without the units that it penalizes.
   *
   * @throws org.espalier.sparse.InvalidInputException naming the pattern
   */
  default void requireFits(SparsityPattern pattern) {}
}
