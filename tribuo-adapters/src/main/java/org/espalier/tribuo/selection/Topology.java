package org.espalier.tribuo.selection;

import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.lifecycle.DropGrows;
import org.espalier.pruning.core.schedule.Constant;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.mask.Mask;

/**
 * Which connections the two layers of an autoencoder have: a pruning recipe with the constant
 * sparsity of Erdős and Rényi's random graphs, 1 − ε (inputs + hidden) / (inputs · hidden), and the
 * lifecycle {@linkplain DropGrows#set SET}. Source: D. Mocanu et al., "Scalable training of
 * artificial neural networks with adaptive sparse connectivity inspired by network science", Nature
 * Communications 9 (2018), eq. 1 and algorithm 1. A layer too small for so many is dense.
 */
final class Topology {

  /** The layer from features to hidden units, (features, hidden). */
  static final String ENCODER = "encoder";

  /** The layer from hidden units to features, (hidden, features). */
  static final String DECODER = "decoder";

  private final int inputs;
  private final int hidden;
  private final Binding binding;
  private PruningState state = PruningState.EMPTY;

  /** Draws the first connections. */
  Topology(int inputs, int hidden, double epsilon, double zeta, long seed) {
    this.inputs = inputs;
    this.hidden = hidden;
    double density = epsilon * ((double) inputs + hidden) / ((double) inputs * hidden);
    Constant schedule =
        new Constant(Math.max(0, 1 - density), new Timing(Timing.Unit.EPOCH, 0, Timing.OPEN, 1));
    PruningGroup group = PruningGroup.builder(schedule).optLifecycle(DropGrows.set(zeta)).build();
    this.binding =
        Binding.of(
            new Recipe(seed, List.of(group)),
            List.of(
                new TensorInfo(ENCODER, new int[] {inputs, hidden}, true),
                new TensorInfo(DECODER, new int[] {hidden, inputs}, true)));
    decide(
        Map.of(
            ENCODER, new float[inputs * hidden],
            DECODER, new float[inputs * hidden]));
  }

  int inputs() {
    return inputs;
  }

  int hidden() {
    return hidden;
  }

  /** The connections of a layer. */
  Mask mask(String layer) {
    return state.masks().get(layer);
  }

  /**
   * Moves connections, before the first step of an epoch.
   *
   * @param weights row-major by layer
   */
  void evolve(Map<String, float[]> weights) {
    // What is drawn depends on the step, so that it must move too.
    state = state.at(state.time().nextStep().nextEpoch());
    decide(weights);
  }

  private void decide(Map<String, float[]> weights) {
    state =
        Pruner.next(
            binding,
            state,
            (tensor, masks) ->
                WeightTensor.of(tensor.name(), tensor.shape(), weights.get(tensor.name())));
  }
}
