package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the steps of one trainer in the stream of single updates that its optimizer sees. A step
 * begins with the first update and ends when every parameter that requires gradients was updated on
 * every device; should one not come, the step ends when another comes for the second time.
 */
final class OptimizerSteps {

  private record Update(String parameterId, Device device) {}

  private final PruningSession session;
  private final Set<Update> done = new HashSet<>();
  private int expected;

  OptimizerSteps(PruningSession session) {
    this.session = session;
  }

  boolean owns(String parameterId) {
    return session.parameters().owns(parameterId);
  }

  void beforeUpdate(String parameterId, NDArray weight) {
    Update update = new Update(parameterId, weight.getDevice());
    if (done.contains(update)) {
      endStep();
    }
    session.bind();
    session.parameters().track(parameterId, weight);
    if (done.isEmpty()) {
      expected = expectedUpdates();
      session.parameters().otherGradientsWereAdded(parameterId, weight);
      session.beforeOptimizerStep();
    }
    done.add(update);
  }

  /** Returns whether the step that is going on is held back. */
  boolean holds() {
    return session.holds();
  }

  /** Returns whether gradients were changed where they are; then only one device trains. */
  boolean changesGradients() {
    return session.parameters().changesGradients();
  }

  /**
   * Edits the copy of a gradient that the inner optimizer is about to use; DJL has added up all
   * devices in it, and made it before the step's decisions.
   */
  void editGradient(String parameterId, NDArray gradient) {
    session.parameters().editGradient(parameterId, gradient);
  }

  /** Takes the place of the inner optimizer's update in a step that is held back. */
  void skip(NDArray weight) {
    Mirrors.zeroGradient(weight);
  }

  void afterUpdate(String parameterId, NDArray weight) {
    if (!session.holds()) {
      session.parameters().updated(parameterId, weight);
    }
    if (done.size() >= expected) {
      endStep();
    }
  }

  private void endStep() {
    done.clear();
    if (!session.holds()) {
      session.afterOptimizerStep();
    }
  }

  private int expectedUpdates() {
    long parameters =
        session.trainer().getModel().getBlock().getParameters().values().stream()
            .filter(parameter -> parameter.isInitialized() && parameter.requiresGradient())
            .map(Parameter::getId)
            .distinct()
            .count();
    return Math.toIntExact(parameters * session.trainer().getDevices().length);
  }
}
