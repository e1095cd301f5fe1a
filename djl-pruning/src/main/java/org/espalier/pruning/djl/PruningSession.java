package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.Trainer;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
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
  private final DeviceMasks deviceMasks;
  private final Optional<Optimizer> optimizer;

  /** Paths by {@code Parameter.getId()}, and for each path the arrays on all devices. */
  private final Map<String, String> pathById = new HashMap<>();

  private final Map<String, List<NDArray>> mirrors = new LinkedHashMap<>();

  private Binding binding;
  private PruningState state;
  private boolean epochOpen;
  private volatile boolean stepOpen;

  PruningSession(
      Trainer trainer,
      Recipe recipe,
      TrainingHooks hooks,
      PruningState start,
      Optional<Optimizer> optimizer) {
    this.trainer = trainer;
    this.recipe = recipe;
    this.hooks = hooks;
    this.state = start;
    this.optimizer = optimizer;
    this.deviceMasks = new DeviceMasks(trainer.getManager());
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
    for (Map.Entry<String, Parameter> entry : network.byPath().entrySet()) {
      pathById.put(entry.getValue().getId(), entry.getKey());
      mirrors.put(entry.getKey(), new ArrayList<>(List.of(entry.getValue().getArray())));
    }
    binding = bound;
    state.masks().forEach(deviceMasks::put);
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
        ? pathById.containsKey(parameterId)
        : trainer.getModel().getBlock().getParameters().values().stream()
            .anyMatch(parameter -> parameter.getId().equals(parameterId));
  }

  /** Notes an array that holds a parameter on some device. */
  synchronized void track(String parameterId, NDArray array) {
    String path = pathById.get(parameterId);
    if (path != null && mirrors.get(path).stream().noneMatch(known -> known == array)) {
      mirrors.get(path).add(array);
      deviceMasks.enforce(path, array);
    }
  }

  /** A training forward pass reads weights. Opens the epoch and the step if they are not open. */
  void forwardBegins() {
    if (!stepOpen) {
      openStep();
    }
  }

  private synchronized void openStep() {
    if (stepOpen) {
      return;
    }
    stepOpen = true;
    if (!epochOpen) {
      epochOpen = true;
      hooks.epochBegin(this);
    }
    hooks.stepBegin(this);
  }

  /** Gradients are complete, no weight is updated yet. Decides the masks that are due. */
  void beforeOptimizerStep() {
    bind();
    openStep();
    boolean due = recipe.updatesAt(state.time());
    if (due) {
      state = Pruner.next(binding, state, new HostTensors(mirrors, recipe));
      state.masks().forEach(deviceMasks::put);
      enforceAll();
    }
    if (due || state.time().step() % QUIET_EVERY == 0) {
      // Momentum of pruned weights moves nothing that stays. Left to decay it ends as subnormal
      // numbers, where it is stuck, and each costs the CPU a trap at every step: a third of the
      // optimizer step for LeNet-300-100.
      optimizer.ifPresent(o -> OptimizerState.forEach(o, this::enforce));
    }
    hooks.beforeOptimizerStep(this);
  }

  /** Zeroes the pruned entries of one array that has just been updated. */
  void enforce(String parameterId, NDArray array) {
    String path = pathById.get(parameterId);
    if (path != null) {
      deviceMasks.enforce(path, array);
    }
  }

  /** Zeroes the pruned entries of every parameter on every device. */
  void enforceAll() {
    for (String path : state.masks().keySet()) {
      for (NDArray array : mirrors.get(path)) {
        deviceMasks.enforce(path, array);
      }
    }
  }

  /** Every weight is updated and masked. */
  void afterOptimizerStep() {
    hooks.afterOptimizerStep(this);
    state = state.at(state.time().nextStep());
    stepOpen = false;
    hooks.stepEnd(this);
  }

  void epochEnds() {
    if (epochOpen) {
      state = state.at(state.time().nextEpoch());
      epochOpen = false;
      hooks.epochEnd(this);
    }
  }

  void trainingEnds() {
    hooks.trainingEnd(this);
    close();
  }

  /** Frees the masks on the devices. */
  void close() {
    deviceMasks.close();
  }
}
