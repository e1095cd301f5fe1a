package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import ai.djl.training.optimizer.Optimizer;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.djl.forward.ForwardWeights;
import org.espalier.pruning.djl.network.NetworkParameters;

/**
 * What a session does to single parameters: what layers see of them, what becomes of their
 * gradients and of their values in an optimizer step. The seams know parameters by their ids.
 */
final class SessionParameters implements AutoCloseable {

  private final Trainer trainer;
  private final Masking masking;
  private final Supplier<PruningState> state;
  private Mirrors mirrors;
  private StepEdits edits;

  /**
   * @param state of the session, now
   */
  SessionParameters(Trainer trainer, Supplier<PruningState> state) {
    this.trainer = trainer;
    this.masking = new Masking(trainer);
    this.state = state;
  }

  /** The parameters exist. */
  void bind(
      Binding binding,
      NetworkParameters network,
      Optional<Optimizer> optimizer,
      Decisions decisions) {
    Mirrors found = new Mirrors(network.byPath());
    masking.bind(binding, network, found, optimizer);
    decisions.bind(binding, found, masking.forward(), optimizer);
    edits = new StepEdits(binding, found, optimizer, decisions.initialValues());
    mirrors = found;
  }

  Masking masking() {
    return masking;
  }

  ForwardWeights forward() {
    return masking.forward();
  }

  /** Returns whether a parameter belongs to this session's network. */
  boolean owns(String parameterId) {
    return mirrors != null
        ? mirrors.path(parameterId) != null
        : trainer.getModel().getBlock().getParameters().values().stream()
            .anyMatch(parameter -> parameter.getId().equals(parameterId));
  }

  /** Notes an array that holds a parameter on some device. */
  void track(String parameterId, NDArray array) {
    String path = mirrors.path(parameterId);
    if (path != null && mirrors.add(path, array)) {
      masking.enforce(path, array);
    }
  }

  /**
   * DJL has added the gradients of a parameter on all other devices to that of this array. Zeroes
   * them, so that their sum is right for whoever takes it next.
   */
  void otherGradientsWereAdded(String parameterId, NDArray array) {
    String path = mirrors.path(parameterId);
    if (path != null) {
      mirrors.zeroOtherGradients(path, array);
    }
  }

  /**
   * Returns what a layer computes with.
   *
   * @param stored the parameter
   */
  NDArray seen(String parameterId, NDArray stored, boolean training) {
    if (forward().isEmpty()) {
      return stored;
    }
    String path = mirrors.path(parameterId);
    return path != null && forward().covers(path)
        ? forward().value(path, training, state.get().time())
        : stored;
  }

  /** Returns what a layer computes with outside training, row-major. */
  float[] settled(String path) {
    return forward().covers(path) ? forward().settled(path) : mirrors.values(path);
  }

  /** Forward rules have had their turn: computes what regularizers and update rules want. */
  void prepareGradients() {
    edits.prepare(state.get());
  }

  /** Returns whether gradients are changed where they are; then only one device trains. */
  boolean changesGradients() {
    return !forward().isEmpty();
  }

  /**
   * Replaces the gradient that an optimizer is about to use by what regularizers and update rules
   * make of it.
   *
   * @param gradients that are added up before the optimizer sees them, one per device
   */
  void editGradient(String parameterId, NDArray... gradients) {
    String path = mirrors.path(parameterId);
    if (path != null && edits.editsGradient(path)) {
      edits.writeGradient(path, gradients[0]);
      for (int i = 1; i < gradients.length; i++) {
        Mirrors.zero(gradients[i]);
      }
    }
  }

  /** An optimizer has just updated one array: what else changes weights does so, then the mask. */
  void updated(String parameterId, NDArray array) {
    String path = mirrors.path(parameterId);
    if (path != null) {
      edits.editWeights(path, array, state.get());
      masking.enforce(path, array);
    }
  }

  /** Zeroes the pruned entries of what an optimizer keeps for a parameter. */
  void enforceState(String parameterId, NDArray array) {
    String path = mirrors.path(parameterId);
    if (path != null) {
      masking.enforceState(path, array);
    }
  }

  /** Zeroes the pruned entries of every parameter on every device. */
  void enforceAll() {
    state.get().masks().keySet().forEach(masking::enforceAll);
  }

  /** Every weight is updated. */
  void stepEnds() {
    forward().finishStep();
    edits.stepEnds();
  }

  /** Returns the sum of all penalties on the weights as they are now. */
  double penalty() {
    return edits == null ? 0 : edits.penalty(state.get()) + forward().penalty(state.get().time());
  }

  /** Frees the masks on the devices and what forward rules keep. */
  @Override
  public void close() {
    masking.close();
  }
}
