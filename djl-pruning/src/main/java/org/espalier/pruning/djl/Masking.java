package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import ai.djl.training.optimizer.Optimizer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.djl.forward.ForwardWeights;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.mask.Mask;

/**
 * How masks are enforced: in the stored weights, or, where a group has a forward rule, in what its
 * layers see. There stored weights keep their values until {@link #settle}.
 */
final class Masking implements AutoCloseable {

  private final Trainer trainer;
  private final DeviceMasks deviceMasks;
  private final ForwardWeights forward;
  private Mirrors mirrors;

  Masking(Trainer trainer) {
    this.trainer = trainer;
    deviceMasks = new DeviceMasks(trainer.getManager());
    forward = new ForwardWeights(trainer.getManager());
  }

  /** The parameters exist. */
  void bind(
      Binding binding, NetworkParameters network, Mirrors mirrors, Optional<Optimizer> optimizer) {
    this.mirrors = mirrors;
    Optional<Optimizer> itself =
        optimizer.map(o -> o instanceof MaskingOptimizer masking ? masking.inner() : o);
    forward.bind(binding, network.byPath(), itself, trainer.getDevices().length);
  }

  /** Returns the groups with a forward rule. */
  ForwardWeights forward() {
    return forward;
  }

  /** Takes the masks that a training starts with. */
  void start(PruningState state) {
    Map<String, Mask> backward = new TreeMap<>();
    state
        .masks()
        .forEach(
            (path, mask) -> {
              if (forward.takesMasks(path)) {
                backward.put(path, forward.backwardSet(path, mask));
              }
            });
    put(new Decided(state, backward));
  }

  /** Takes the masks of a decision. */
  void put(Decided decided) {
    decided
        .state()
        .masks()
        .forEach(
            (path, mask) -> {
              if (!forward.covers(path)) {
                deviceMasks.put(path, mask);
              }
            });
    decided
        .backward()
        .forEach(
            (path, backward) -> {
              // Not so once the rules have stopped.
              if (forward.takesMasks(path)) {
                forward.decided(path, decided.state().masks().get(path), backward);
                deviceMasks.put(path, backward);
              }
            });
  }

  /** Takes the masks of a state in the place of another's. */
  void replace(PruningState old, PruningState state) {
    for (Map.Entry<String, Mask> entry : old.masks().entrySet()) {
      deviceMasks.put(entry.getKey(), Mask.dense(entry.getValue().shape()));
    }
    start(state);
  }

  /** Sets a weight that was just updated to what its mask allows. */
  void enforce(String path, NDArray weight) {
    if (forward.covers(path)) {
      forward.hold(path);
    } else {
      deviceMasks.enforce(path, weight);
    }
  }

  /** Zeroes what an optimizer remembers of weights that it must not move. */
  void enforceState(String path, NDArray state) {
    deviceMasks.enforce(path, state);
  }

  /** Sets a weight on every device to what its mask allows. */
  void enforceAll(String path) {
    mirrors.forEach(path, this::enforce);
  }

  /**
   * Makes stored weights of all groups with a forward rule what their layers see outside training,
   * and stops the rules.
   *
   * @return the state whose masks these weights show
   */
  PruningState settle(Binding binding, PruningState state) {
    Map<String, Mask> learned = new TreeMap<>();
    for (int g = 0; g < binding.members().size(); g++) {
      boolean learns = binding.recipe().groups().get(g).forward().learnsMasks();
      binding
          .members()
          .get(g)
          .forEach(
              tensor -> {
                if (forward.covers(tensor.name())) {
                  float[] values = forward.settled(tensor.name());
                  mirrors.write(tensor.name(), values);
                  if (learns) {
                    learned.put(tensor.name(), Mask.ofNonZeros(values, tensor.shape()));
                  }
                }
              });
    }
    forward.stop();
    PruningState settled = state.with(learned);
    put(new Decided(settled, Map.of()));
    return settled;
  }

  @Override
  public void close() {
    deviceMasks.close();
    forward.close();
  }
}
