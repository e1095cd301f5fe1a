package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An optimizer that masks each weight right after the inner one updated it. It learns where a step
 * begins and ends by counting: one update per parameter that requires gradients and device. A step
 * that a session holds back does not reach the inner optimizer.
 */
final class MaskingOptimizer extends Optimizer {

  private final Optimizer inner;
  private final Deque<OptimizerSteps> sessions = new ArrayDeque<>();

  MaskingOptimizer(Optimizer inner) {
    super(new Builder());
    this.inner = inner;
  }

  Optimizer inner() {
    return inner;
  }

  void add(OptimizerSteps steps) {
    sessions.addFirst(steps);
  }

  void remove(OptimizerSteps steps) {
    sessions.remove(steps);
  }

  @Override
  public void update(String parameterId, NDArray weight, NDArray grad) {
    OptimizerSteps owner =
        sessions.stream().filter(steps -> steps.owns(parameterId)).findFirst().orElse(null);
    if (owner == null) {
      inner.update(parameterId, weight, grad);
      return;
    }
    owner.beforeUpdate(parameterId, weight);
    if (owner.holds()) {
      owner.skip(weight);
    } else if (owner.changesGradients()) {
      // DJL has copied the gradient of the step's first parameter before it was changed.
      try (NDArray edited = weight.getGradient()) {
        owner.editGradient(parameterId, edited);
        inner.update(parameterId, weight, edited);
      }
    } else {
      owner.editGradient(parameterId, grad);
      inner.update(parameterId, weight, grad);
    }
    owner.afterUpdate(parameterId, weight);
  }

  private static final class Builder extends OptimizerBuilder<Builder> {

    @Override
    protected Builder self() {
      return this;
    }
  }
}
