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
    return session.owns(parameterId);
  }

  void beforeUpdate(String parameterId, NDArray weight) {
    Update update = new Update(parameterId, weight.getDevice());
    if (done.contains(update)) {
      endStep();
    }
    session.bind();
    session.track(parameterId, weight);
    if (done.isEmpty()) {
      expected = expectedUpdates();
      session.beforeOptimizerStep();
    }
    done.add(update);
  }

  /** Returns whether the step that is going on is held back. */
  boolean holds() {
    return session.holds();
  }

  /** Returns whether gradients were edited in place; then only one device trains. */
  boolean editsGradients() {
    return session.editsGradients();
  }

  /** Takes the place of the inner optimizer's update in a step that is held back. */
  void skip(NDArray weight) {
    Mirrors.zeroGradient(weight);
  }

  void afterUpdate(String parameterId, NDArray weight) {
    session.enforce(parameterId, weight);
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
