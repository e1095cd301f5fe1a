package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.optimizer.Optimizer;
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
  private final SessionParameters parameters;
  private final Optional<Optimizer> optimizer;
  private final Decisions decisions;
  private final ValidationLoss validation = new ValidationLoss();
  private final CarriedParts carried = new CarriedParts();

  private Binding binding;
  private KnownShapes shapes;
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
    this.hooks = new PruningMetrics().andThen(hooks);
    this.state = start;
    this.optimizer = optimizer;
    this.decisions = new Decisions(trainer, recipe, evidence);
    this.parameters = new SessionParameters(trainer, this::state);
  }

  /** Returns the session of a trainer; empty if it is not pruned. */
  public static Optional<PruningSession> of(Trainer trainer) {
    return SessionLookup.of(trainer);
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

  /**
   * Returns the sum of the penalties of all groups on the weights as they are now, λ included: of
   * regularizers and of forward rules; 0 without. It is no part of the loss. Computed when it is
   * asked for.
   */
  public double penalty() {
    return parameters.penalty();
  }

  /**
   * Returns zeros / elements of all that the recipe prunes, in [0, 1); 0 before the parameters of
   * the network exist.
   */
  public double sparsity() {
    return binding == null ? 0 : state.sparsity(binding.tensors());
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
    shapes = KnownShapes.of(network);
    shapes.requireMasks(state);
    parameters.bind(bound, network, optimizer, decisions);
    if (!forward().isEmpty()) {
      carry(new CarriedForward(forward()));
    }
    binding = bound;
    parameters.masking().start(state);
    enforceAll();
  }

  /** Returns what this session does to single parameters. */
  SessionParameters parameters() {
    return parameters;
  }

  /** A training forward pass reads weights. Opens the epoch and the step if they are not open. */
  void forwardBegins() {
    if (!stepOpen || !epochOpen) {
      openStep();
    }
  }

  private synchronized void openStep() {
    if (!epochOpen) {
      epochOpen = true;
      hooks.epochBegin(this);
    }
    if (!stepOpen) {
      stepOpen = true;
      forward().beginStep();
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
   *     gradients are zeroed as after a step ({@link Mirrors#zeroGradient})
   */
  boolean beforeOptimizerStep() {
    bind();
    openStep();
    held = decisions.waits(state.time());
    if (held) {
      forward().skip();
      return false;
    }
    decisions.track();
    Optional<TrainingTime> due = decisions.due();
    if (due.isPresent()) {
      epochEndedInHold = due.get().epoch() != state.time().epoch();
      // Under the masks so far: a weight that is about to grow starts with fresh optimizer state.
      quietOptimizer();
      hooks.beforeDecision(this);
      Decided decided = decisions.decide(state);
      state = decided.state();
      parameters.masking().put(decided);
      enforceAll();
      hooks.afterDecision(this);
    }
    if (due.isPresent() || state.time().step() % QUIET_EVERY == 0) {
      // Momentum of pruned weights moves nothing that stays. Left to decay it ends as subnormal
      // numbers, where it is stuck, and each costs the CPU a trap at every step: a third of the
      // optimizer step for LeNet-300-100.
      quietOptimizer();
    }
    forward().update(state.time());
    hooks.beforeOptimizerStep(this);
    parameters.prepareGradients();
    return true;
  }

  /** Returns whether the step that is going on is held back. */
  boolean holds() {
    return held;
  }

  /** Zeroes the pruned entries of every parameter on every device. */
  public void enforceAll() {
    parameters.enforceAll();
  }

  /** Zeroes what the optimizer keeps for weights that are pruned now. */
  private void quietOptimizer() {
    optimizer.ifPresent(o -> OptimizerState.forEach(o, parameters::enforceState));
  }

  /** Every weight is updated and masked. */
  void afterOptimizerStep() {
    parameters.stepEnds();
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

  /** Takes the numbers of another part of this training into {@link #memory()}. */
  public void carry(Carried part) {
    carried.add(part);
  }

  /**
   * Returns what this session has to remember, as a copy.
   *
   * @throws IllegalStateException in the middle of an optimizer step, also of one that a decision
   *     holds back (see {@link #betweenSteps()})
   */
  public SessionMemory memory() {
    if (!betweenSteps()) {
      throw new IllegalStateException("an optimizer step has begun and is not over");
    }
    bind();
    return new SessionMemory(
        state, epochOpen, steppedInEpoch, tracks(), initialValues(), carried.numbers());
  }

  /** Returns whether no optimizer step has begun that is not over. */
  public boolean betweenSteps() {
    return !stepOpen;
  }

  /**
   * Refuses a memory of another network.
   *
   * @throws InvalidInputException naming the parameter
   */
  public void requireFits(SessionMemory memory) {
    bind();
    shapes.requireFits(memory);
    carried.requireFits(memory.carried());
  }

  /**
   * Goes on from what a session remembered. Weights and the state of the optimizer stay the
   * caller's affair, but for the weights that the masks prune: they are 0 at once. An epoch that
   * had begun is not begun again.
   *
   * @throws InvalidInputException if it is of another network; nothing is changed then
   */
  public synchronized void restore(SessionMemory memory) {
    requireFits(memory);
    decisions.restore(memory.tracks(), memory.initialValues());
    carried.restore(memory.carried());
    parameters.masking().replace(state, memory.state());
    state = memory.state();
    epochOpen = memory.epochOpen();
    steppedInEpoch = memory.steppedInEpoch();
    stepOpen = false;
    held = false;
    epochEndedInHold = false;
    enforceAll();
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
    if (!forward().isEmpty()) {
      state = parameters.masking().settle(binding(), state);
      quietOptimizer();
    }
  }

  /** Returns what layers compute with instead of stored weights. */
  ForwardWeights forward() {
    return parameters.forward();
  }

  /**
   * Returns the weights that layers compute with outside training, row-major: under a forward rule
   * pruned ones are 0 there, while the stored weights keep their values until training ends.
   *
   * @param path of a parameter of the network
   */
  public float[] settledValues(String path) {
    return parameters.settled(path);
  }

  void trainingEnds() {
    settle();
    try {
      hooks.trainingEnd(this);
    } finally {
      close();
    }
  }

  /** Frees the masks on the devices and the evidence of a decision that never came. */
  void close() {
    decisions.close();
    parameters.close();
  }
}
