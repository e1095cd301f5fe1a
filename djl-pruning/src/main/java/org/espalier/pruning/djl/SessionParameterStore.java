package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterServer;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.optimizer.Optimizer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A parameter store that tells a session what it sees: every leaf block asks it for weights just
 * before computing, and {@code Trainer.step()} is one call of {@link #updateAllParameters()}.
 *
 * <p>{@code Trainer.initialize} asks for every parameter once as well. So the first request for a
 * parameter on a device is taken for initialization, and only later ones for a forward pass; where
 * a trainer was never initialized, the first step begins a little late, before its optimizer step.
 */
final class SessionParameterStore extends ParameterStore {

  private record Request(String parameterId, Device device) {}

  private final PruningSession session;
  private final boolean observesSteps;
  private final Set<Request> seen = ConcurrentHashMap.newKeySet();
  private volatile boolean stepped;

  /**
   * @param observesSteps whether optimizer steps are reported, too; the explicit form reports them
   *     itself
   */
  SessionParameterStore(NDManager manager, PruningSession session, boolean observesSteps) {
    super(manager, false);
    this.session = session;
    this.observesSteps = observesSteps;
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    if (parameter == null) {
      return null;
    }
    NDArray value = super.getValue(parameter, device, training);
    if (seen.add(new Request(parameter.getId(), device))) {
      session.bind();
      session.parameters().track(parameter.getId(), value);
    } else if (training) {
      session.forwardBegins();
    }
    return isForCheck() ? value : session.parameters().seen(parameter.getId(), value, training);
  }

  /**
   * Returns whether DJL asks in order to look at gradients: in its first step a trainer checks that
   * not all of them are 0. Parameters themselves have gradients, functions of them do not.
   */
  private boolean isForCheck() {
    return !stepped
        && StackWalker.getInstance()
            .walk(
                frames ->
                    frames.anyMatch(
                        frame ->
                            frame.getMethodName().equals("checkGradients")
                                && frame.getClassName().equals(Trainer.class.getName())));
  }

  @Override
  public void updateAllParameters() {
    stepped = true;
    if (!observesSteps) {
      super.updateAllParameters();
      return;
    }
    boolean taken = session.beforeOptimizerStep();
    // The server asks the session whether the step is held back.
    super.updateAllParameters();
    if (taken) {
      session.afterOptimizerStep();
    }
  }

  /** Takes over the trainer's parameter server; see {@link SessionParameterServer}. */
  void takeOver(ParameterServer server, Optional<Optimizer> optimizer, Device[] devices) {
    Optional<PruningSession> masking = observesSteps ? Optional.of(session) : Optional.empty();
    setParameterServer(new SessionParameterServer(server, optimizer, masking), devices);
  }
}
