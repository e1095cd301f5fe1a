package org.espalier.pruning.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.espalier.pruning.core.allocation.UnitScores;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * One decision: recipe + state + weights give the next state. A pure function; every line asks one
 * concept for its only answer.
 */
public final class Pruner {

  private Pruner() {}

  /**
   * Decides the masks of every group that is due at the state's moment.
   *
   * @param binding the recipe and the parameters of its groups
   * @param state masks so far, and the moment
   * @param weights reads a parameter by its path, with what its group's criterion needs
   * @return the state with new masks, at the same moment
   * @throws InvalidInputException if a weight is not finite; nothing has changed then
   */
  public static PruningState next(
      Binding binding, PruningState state, Function<TensorInfo, WeightTensor> weights) {
    Map<String, Mask> masks = new TreeMap<>();
    for (int g = 0; g < binding.members().size(); g++) {
      PruningGroup group = binding.recipe().groups().get(g);
      if (group.schedule().updatesAt(state.time())) {
        masks.putAll(decide(group, binding.members().get(g), state, weights));
      }
    }
    return state.with(masks);
  }

  private static Map<String, Mask> decide(
      PruningGroup group,
      List<TensorInfo> tensors,
      PruningState state,
      Function<TensorInfo, WeightTensor> weights) {
    double sparsity = group.schedule().sparsityAt(state.time());
    List<UnitScores> candidates = new ArrayList<>();
    for (TensorInfo tensor : tensors) {
      float[] units = scores(group, tensor, weights.apply(tensor));
      float[] eligible = group.lifecycle().candidates(units, state.mask(tensor), group.pattern());
      candidates.add(new UnitScores(tensor.name(), eligible, tensor.elements() / eligible.length));
    }
    int[] kept = group.allocation().keptCounts(sparsity, candidates);
    Map<String, Mask> masks = new TreeMap<>();
    for (int i = 0; i < kept.length; i++) {
      TensorInfo tensor = tensors.get(i);
      int feasible = group.pattern().feasibleKept(kept[i], tensor.shape());
      Mask best = group.pattern().best(candidates.get(i).scores(), tensor.shape(), feasible);
      masks.put(tensor.name(), group.lifecycle().next(state.mask(tensor), best));
    }
    return masks;
  }

  private static float[] scores(PruningGroup group, TensorInfo tensor, WeightTensor weights) {
    weights.requireFinite();
    float[] scores = group.criterion().score(weights);
    for (float score : scores) {
      if (Float.isNaN(score)) {
        throw new InvalidInputException(
            tensor.name(),
            "scores that are numbers",
            "NaN from the criterion '" + group.criterion().type() + "'",
            "check the gradients or statistics that it reads; nothing was pruned");
      }
    }
    return group.pattern().unitScores(scores, tensor.shape());
  }
}
