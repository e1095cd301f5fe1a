package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.optimizer.Optimizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.djl.forward.ForwardWeights;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * The pruning of one trainer: the state machine behind the hooks. It knows nothing of how events
 * are noticed; a seam (a parameter store or an optimizer) calls the package-private methods.
 *
 * <p>Deciding masks is rare and runs on the host; enforcing them happens at every step, in place on
 * the device's own arrays (see {@link MaskEnforcer}).
 */
public final class PruningSession {

  /**
   * Steps between two clearings; in fewer than 900, momentum 0.9 does not decay from 1 to 1e-38.
   */
  private static final int QUIET_EVERY = 256;

  private final Trainer trainer;
  private final Recipe recipe;
  private final TrainingHooks hooks;
  private final Masking masking;
  private final Optional<Optimizer> optimizer;
  private final Decisions decisions;
  private final ValidationLoss validation = new ValidationLoss();

  private Mirrors mirrors;
  private Binding binding;
  private PruningState state;
  private volatile boolean epochOpen;
  private volatile boolean stepOpen;
  private boolean held;
  private boolean steppedInEpoch;
  private boolean epochEndedInHold;

  PruningSession(
      Trainer trainer,
      Recipe recipe,
      TrainingHooks hooks,
      PruningState start,
      Optional<Optimizer> optimizer,
      EvidenceSetup evidence) {
    this.trainer = trainer;
    this.recipe = recipe;
    this.hooks = hooks;
    this.state = start;
    this.optimizer = optimizer;
    this.decisions = new Decisions(trainer, recipe, evidence);
    this.masking = new Masking(trainer);
  }

  /** Returns the trainer that this session belongs to. */
  public Trainer trainer() {
    return trainer;
  }

  /** Returns what is being done. */
  public Recipe recipe() {
    return recipe;
  }

  /** Returns the masks and the steps and epochs finished so far. */
  public PruningState state() {
    return state;
  }

  /**
   * Returns which parameters each group prunes.
   *
   * @throws IllegalStateException before the parameters of the network exist
   */
  public Binding binding() {
    if (binding == null) {
      throw new IllegalStateException("call trainer.initialize(shape) first");
    }
    return binding;
  }

  void trainingBegins() {
    hooks.trainingBegin(this);
  }

  /** The parameters exist: matches them with the recipe. Does so once. */
  synchronized void bind() {
    if (binding != null) {
      return;
    }
    NetworkParameters network = new NetworkParameters(trainer.getModel().getBlock());
    Binding bound = Binding.of(recipe, network.infos());
    Map<String, int[]> shapes = new HashMap<>();
    network.infos().forEach(info -> shapes.put(info.name(), info.shape()));
    state.masks().forEach((path, mask) -> requireFits(path, mask, shapes.get(path)));
    mirrors = new Mirrors(network.byPath());
    masking.bind(bound, network, mirrors, optimizer);
    decisions.bind(bound, mirrors, masking.forward(), optimizer);
    binding = bound;
    masking.start(state);
    enforceAll();
  }

  private static void requireFits(String path, Mask mask, int[] shape) {
    if (shape == null || !Arrays.equals(mask.shape(), shape)) {
      throw new InvalidInputException(
          path,
          "a parameter of shape " + Arrays.toString(mask.shape()) + " for its mask",
          shape == null ? "no such parameter" : Arrays.toString(shape),
          "start from the state of a run of this network");
    }
  }

  /** Returns whether a parameter belongs to this session's network. */
  boolean owns(String parameterId) {
    return binding != null
        ? mirrors.path(parameterId) != null
        : trainer.getModel().getBlock().getParameters().values().stream()
            .anyMatch(parameter -> parameter.getId().equals(parameterId));
  }

  /** Notes an array that holds a parameter on some device. */
  synchronized void track(String parameterId, NDArray array) {
    String path = mirrors.path(parameterId);
    if (path != null && mirrors.add(path, array)) {
      masking.enforce(path, array);
    }
  }

  /** A training forward pass reads weights. Opens the epoch and the step if they are not open. */
  void forwardBegins() {
    if (!stepOpen || !epochOpen) {
      openStep();
    }
  }

  /**
   * Returns what a layer computes with.
   *
   * @param stored the parameter
   */
  NDArray seen(String parameterId, NDArray stored, boolean training) {
    ForwardWeights forward = masking.forward();
    if (forward.isEmpty()) {
      return stored;
    }
    String path = mirrors.path(parameterId);
    return path != null && forward.covers(path)
        ? forward.value(path, training, state.time())
        : stored;
  }

  private synchronized void openStep() {
    if (!epochOpen) {
      epochOpen = true;
      hooks.epochBegin(this);
    }
    if (!stepOpen) {
      stepOpen = true;
      masking.forward().beginStep();
      hooks.stepBegin(this);
    }
  }

  /** A batch went forward and backward. */
  void batchTrained(Batch batch) {
    decisions.see(state.time(), batch);
  }

  /**
   * Gradients are complete, no weight is updated yet. Decides the masks that are due, unless more
   * evidence has to be gathered first.
   *
   * @return whether the step is taken; if not, weights and optimizer must stay as they are, and
   *     gradients are zeroed as after a step ({@link #skip})
   */
  boolean beforeOptimizerStep() {
    bind();
    openStep();
    held = decisions.waits(state.time());
    if (held) {
      masking.forward().skip();
      return false;
    }
    decisions.track();
    Optional<TrainingTime> due = decisions.due();
    if (due.isPresent()) {
      epochEndedInHold = due.get().epoch() != state.time().epoch();
      // Under the masks so far: a weight that is about to grow starts with fresh optimizer state.
      optimizer.ifPresent(o -> OptimizerState.forEach(o, this::enforceState));
      Decided decided = decisions.decide(state);
      state = decided.state();
      masking.put(decided);
      enforceAll();
    }
    if (due.isPresent() || state.time().step() % QUIET_EVERY == 0) {
      // Momentum of pruned weights moves nothing that stays. Left to decay it ends as subnormal
      // numbers, where it is stuck, and each costs the CPU a trap at every step: a third of the
      // optimizer step for LeNet-300-100.
      optimizer.ifPresent(o -> OptimizerState.forEach(o, this::enforceState));
    }
    masking.forward().update(state.time());
    hooks.beforeOptimizerStep(this);
    return true;
  }

  /** Returns whether the step that is going on is held back. */
  boolean holds() {
    return held;
  }

  /** Returns whether gradients are edited before the optimizer sees them. */
  boolean editsGradients() {
    return !masking.forward().isEmpty();
  }

  /** What happens to a parameter in a step that is held back. */
  void skip(NDArray weight) {
    Mirrors.zeroGradient(weight);
  }

  /** Zeroes the pruned entries of one array that has just been updated. */
  void enforce(String parameterId, NDArray array) {
    String path = mirrors.path(parameterId);
    if (path != null) {
      masking.enforce(path, array);
    }
  }

  private void enforceState(String parameterId, NDArray array) {
    String path = mirrors.path(parameterId);
    if (path != null) {
      masking.enforceState(path, array);
    }
  }

  /** Zeroes the pruned entries of every parameter on every device. */
  void enforceAll() {
    for (String path : state.masks().keySet()) {
      masking.enforceAll(path);
    }
  }

  /** Every weight is updated and masked. */
  void afterOptimizerStep() {
    masking.forward().finishStep();
    hooks.afterOptimizerStep(this);
    TrainingTime next = state.time().nextStep();
    // The step belonged to the epoch in which its hold began: the new epoch's first step, and what
    // is decided then, is still to come.
    state = state.at(new TrainingTime(next.step(), next.epoch(), epochEndedInHold));
    epochEndedInHold = false;
    steppedInEpoch = true;
    stepOpen = false;
    hooks.stepEnd(this);
  }

  /** A batch was validated. */
  void batchValidated(BatchData batch) {
    validation.add(trainer.getLoss(), batch);
  }

  void epochEnds() {
    OptionalDouble loss = validation.finishEpoch();
    if (loss.isPresent() && Double.isFinite(loss.getAsDouble())) {
      state = state.validated(loss.getAsDouble());
    }
    if (epochOpen) {
      requireStep();
      steppedInEpoch = false;
      state = state.at(state.time().nextEpoch());
      epochOpen = false;
      hooks.epochEnd(this);
    }
  }

  /** An epoch that is one hold from end to end would lose the decisions of the next. */
  private void requireStep() {
    if (held && !steppedInEpoch) {
      throw new InvalidInputException(
          "batches",
          "at most as many as an epoch has, for a decision to end in it",
          "an epoch without any optimizer step",
          "lower 'batches', or give batches beforehand (PruningListener.withEvidence)");
    }
  }

  /** Returns the numbers of tracking criteria by path, for a checkpoint; not copies. */
  Map<String, double[]> tracks() {
    return decisions.tracks();
  }

  /** Returns the values from the begin that criteria need, for a checkpoint; not copies. */
  Map<String, float[]> initialValues() {
    return decisions.initialValues();
  }

  /** Returns the copies of batches that a coming decision keeps. */
  List<NDArray> keptArrays() {
    return decisions.keptArrays();
  }

  /**
   * Ends the work of forward rules: stored weights become what their layers see outside training,
   * pruned ones exactly 0, and masks of rules that learn them are the non-zeros. From then on the
   * groups train as with stored weights. Happens by itself when the training ends. Without forward
   * rules it does nothing.
   */
  public void settle() {
    if (!masking.forward().isEmpty()) {
      state = masking.settle(binding(), state);
      optimizer.ifPresent(o -> OptimizerState.forEach(o, this::enforceState));
    }
  }

  /** Returns the sum of the penalties of all forward rules as the next step would add it. */
  public double forwardPenalty() {
    return masking.forward().penalty(state.time());
  }

  /**
   * Returns what forward rules add to a checkpoint: gates, thresholds and the like, by parameter
   * path, a slash and a name. Copies.
   */
  public Map<String, float[]> forwardMemory() {
    return masking.forward().memory();
  }

  /**
   * Goes on with what {@link #forwardMemory} returned in a run of the same recipe and network.
   * Weights and masks are restored before.
   */
  void restoreForward(Map<String, float[]> memory) {
    masking.forward().restore(memory);
    masking.start(state);
  }

  /**
   * Returns the weights that layers compute with outside training, row-major: under a forward rule
   * pruned ones are 0 there, while the stored weights keep their values until training ends.
   *
   * @param path of a parameter of the network
   */
  public float[] settledValues(String path) {
    return masking.forward().covers(path) ? masking.forward().settled(path) : mirrors.values(path);
  }

  /** Returns the arrays of forward rules that live now. */
  List<NDArray> forwardArrays() {
    return masking.forward().arrays();
  }

  void trainingEnds() {
    settle();
    hooks.trainingEnd(this);
    close();
  }

  /** Frees the masks on the devices and the evidence of a decision that never came. */
  void close() {
    decisions.close();
    masking.close();
  }
}
