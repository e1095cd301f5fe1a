package org.espalier.pruning.core.regularizer;

import org.espalier.pruning.core.config.Component;

/**
 * A penalty R(w) on the weights of a group, its strength included. It acts either by its gradient,
 * before the optimizer's update, or by its proximal step, after it; never by both. A pure function
 * of its arguments.
 */
public interface Regularizer extends Component {

  /** Returns R(w) of one tensor. */
  double value(Penalized tensor);

  /** Adds dR/dw of one tensor to a gradient, where R acts by its gradient. */
  void addGradient(Penalized tensor, float[] gradient);

  /** Returns whether R acts by its proximal step: argmin over v of R(v) + (v - w)^2 / (2 rate). */
  default boolean proximal() {
    return false;
  }

  /**
   * Replaces the weights of one tensor by the proximal step.
   *
   * @param learningRate of the optimizer step before
   */
  default void step(Penalized tensor, double learningRate) {
    throw new IllegalStateException(type() + " has no proximal step");
  }
}
