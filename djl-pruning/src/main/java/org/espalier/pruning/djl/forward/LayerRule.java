package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.Noise;
import org.espalier.sparse.mask.Mask;

/**
 * One forward rule for one parameter. Every method is called inside an {@code NDScope}: the arrays
 * that it makes are closed when it returns, but for its result. Weights outside of {@link #value}
 * and {@link #settled} are no part of the graph.
 */
interface LayerRule {

  /** Returns the array that is trained besides the weights, if the rule has one. */
  default Optional<Trained> trained() {
    return Optional.empty();
  }

  /**
   * Returns what the layer computes with in a forward pass of training, differentiable by the
   * stored weights and the trained array.
   *
   * @param stored the parameter's own array
   * @param time of the step
   * @param noise of this pass
   */
  NDArray value(NDArray stored, TrainingTime time, Noise noise);

  /** Returns what the layer computes with outside training: 0 where a weight is pruned. */
  NDArray settled(NDArray stored);

  /**
   * Adds the derivatives of the rule's penalty to gradients.
   *
   * @param weights stored
   * @param weightGradient of the weights
   * @param trainedGradient of the trained array; null if there is none
   */
  default void addPenalty(
      NDArray weights, NDArray weightGradient, NDArray trainedGradient, TrainingTime time) {}

  /** Returns the value of the rule's penalty. */
  default double penalty(NDArray weights, TrainingTime time) {
    return 0;
  }

  /** Brings the trained array back into its bounds after a step. */
  default void constrain() {}

  /** Returns whether masks are decided for it; else it learns which weights live. */
  default boolean takesMasks() {
    return false;
  }

  /**
   * Takes masks that have just been decided.
   *
   * @param weights stored
   * @param forward which weights layers see
   * @param backward which weights are trained
   */
  default void decided(NDArray weights, Mask forward, Mask backward) {}

  /**
   * Returns which weights are trained under a mask that a run starts with, where no decision says.
   */
  default Mask startingSet(Mask forward) {
    return forward;
  }

  /** Returns what a checkpoint keeps besides weights, masks and the trained array, by name. */
  default Map<String, float[]> memory() {
    return Map.of();
  }

  /** Takes what {@link #memory} returned. */
  default void restore(Map<String, float[]> memory) {}

  /** Brings back the weights that a step must not move, in place. */
  default void hold(NDArray weights) {}
}
