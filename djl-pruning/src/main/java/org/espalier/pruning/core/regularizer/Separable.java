package org.espalier.pruning.core.regularizer;

import java.util.List;

/** A regularizer that looks at one tensor at a time: R is the sum over the tensors of a group. */
public interface Separable extends Regularizer {

  /** Returns R(w) of one tensor. */
  double value(Penalized tensor);

  /** Adds dR/dw of one tensor to its gradient, where R acts by its gradient. */
  void addGradient(Penalized tensor, float[] gradient);

  @Override
  default double value(List<Penalized> group) {
    double sum = 0;
    for (Penalized tensor : group) {
      sum += value(tensor);
    }
    return sum;
  }

  @Override
  default void addGradients(List<Penalized> group, List<float[]> gradients) {
    if (!stepsAfterUpdate()) {
      for (int i = 0; i < group.size(); i++) {
        addGradient(group.get(i), gradients.get(i));
      }
    }
  }
}
