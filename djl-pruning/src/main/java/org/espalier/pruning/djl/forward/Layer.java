package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.optimizer.Optimizer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.Noise;
import org.espalier.sparse.mask.Mask;

/**
 * One parameter whose layers compute with a function of it. What it hands out belongs to the
 * session's manager and is closed when the same is asked for again, or when a step ends: the graph
 * keeps its own hold of it.
 */
final class Layer {

  private final String path;
  private final String parameterId;
  private final NDArray stored;
  private final LayerRule rule;
  private final NDManager manager;
  private final long seed;
  private NDArray handedOut;
  private long passes;
  private boolean read;

  /**
   * @param parameterId {@code Parameter.getId()}, under which the optimizer knows it
   * @param stored the parameter's own array
   */
  Layer(String parameterId, NDArray stored, LayerRule rule, LayerSite site) {
    this.path = site.info().name();
    this.parameterId = parameterId;
    this.stored = stored;
    this.rule = rule;
    this.manager = site.manager();
    this.seed = site.seed();
  }

  /** Returns the id under which the optimizer knows what is trained besides the weights. */
  Optional<String> optimizerId() {
    return rule.trained().map(trained -> parameterId + "-" + trained.name());
  }

  LayerRule rule() {
    return rule;
  }

  /** Returns what a forward pass of training computes with. */
  synchronized NDArray value(TrainingTime time) {
    read = true;
    Noise noise = new Noise(seed, path, time.step(), passes++);
    return handOut(() -> rule.value(stored, time, noise));
  }

  /** Returns what a forward pass outside training computes with. */
  synchronized NDArray settledValue() {
    return handOut(() -> rule.settled(stored.stopGradient()));
  }

  private NDArray handOut(Supplier<NDArray> maker) {
    forget();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray made = maker.get();
      if (made != stored) {
        NDScope.unregister(made);
        made.attach(manager);
        handedOut = made;
      }
      return made;
    }
  }

  /** Copies what layers see outside training to the host; pruned weights are +0. */
  float[] settledOnHost() {
    float[] values;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      values = rule.settled(stored.stopGradient()).toFloatArray();
    }
    for (int i = 0; i < values.length; i++) {
      // -0 + 0 = +0
      values[i] += 0f;
    }
    return values;
  }

  /** Gradients are complete: adds the penalty's and lets the optimizer move the trained array. */
  void update(Optional<Optimizer> optimizer, TrainingTime time) {
    if (rule.trained().isEmpty()) {
      addPenalty(null, time);
      return;
    }
    Trained trained = rule.trained().get();
    try (NDArray gradient = trained.array().getGradient()) {
      addPenalty(gradient, time);
      // Outside of any scope: what an optimizer remembers is made here and must stay.
      optimizer.orElseThrow().update(optimizerId().get(), trained.array(), gradient);
    }
  }

  private void addPenalty(NDArray trainedGradient, TrainingTime time) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      rule.addPenalty(stored.stopGradient(), stored.getGradient(), trainedGradient, time);
    }
  }

  /** Forgets the gradient of the trained array, NaN included. */
  void zeroGradient() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      rule.trained()
          .ifPresent(trained -> trained.array().getGradient().set(new NDIndex("..."), 0f));
    }
  }

  double penalty(TrainingTime time) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return rule.penalty(stored.stopGradient(), time);
    }
  }

  void decided(Mask forward, Mask backward) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      rule.decided(stored.stopGradient(), forward, backward);
    }
  }

  void hold() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      rule.hold(stored.stopGradient());
    }
  }

  /** Returns what a checkpoint keeps of this layer, by name. */
  Map<String, float[]> memory() {
    Map<String, float[]> memory = new TreeMap<>(rule.memory());
    rule.trained().ifPresent(t -> memory.put(t.name(), t.array().toFloatArray()));
    return memory;
  }

  /** Takes what {@link #memory} returned. */
  void restore(Map<String, float[]> memory) {
    rule.trained().ifPresent(t -> t.set(memory.get(t.name())));
    rule.restore(memory);
  }

  /** A step begins. */
  void beginStep() {
    passes = 0;
    read = false;
  }

  /** Returns whether a forward pass of training has asked for it in this step. */
  boolean wasRead() {
    return read;
  }

  /** A step is over. */
  void finishStep() {
    forget();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      rule.constrain();
    }
  }

  private void forget() {
    if (handedOut != null) {
      handedOut.close();
      handedOut = null;
    }
  }
}
