package org.espalier.pruning.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.allocation.UnitScores;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.pruning.core.schedule.Situation;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

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
   * @param weights reads parameters with what their groups' criteria need
   * @return the state with new masks, at the same moment
   * @throws InvalidInputException if a weight or a statistic is not finite; nothing has changed
   *     then
   */
  public static PruningState next(Binding binding, PruningState state, WeightSource weights) {
    PruningState next = state;
    for (int g = 0; g < binding.members().size(); g++) {
      PruningGroup group = binding.recipe().groups().get(g);
      if (group.schedule().updatesAt(state.time())) {
        next = next.with(decide(group, binding.members().get(g), state, weights));
      }
    }
    return next;
  }

  /**
   * Returns the new values of the parameters whose groups compensate for what died, by path.
   *
   * @param before the state before the decision
   * @param after the state after it
   */
  public static Map<String, float[]> compensate(
      Binding binding, PruningState before, PruningState after, WeightSource weights) {
    Map<String, float[]> values = new TreeMap<>();
    for (int g = 0; g < binding.members().size(); g++) {
      PruningGroup group = binding.recipe().groups().get(g);
      if (group.compensation().changesWeights() && group.schedule().updatesAt(before.time())) {
        for (TensorInfo tensor : binding.members().get(g)) {
          WeightTensor weight = weights.read(tensor, before.masks());
          values.put(tensor.name(), group.compensation().compensated(weight, after.mask(tensor)));
        }
      }
    }
    return values;
  }

  /** One decision in as many rounds as the group wants, each from the masks of the one before. */
  private static Map<String, Mask> decide(
      PruningGroup group, List<TensorInfo> tensors, PruningState state, WeightSource weights) {
    double sparsity = state.sparsity(tensors);
    Demand demand =
        group.schedule().demandAt(new Situation(state.time(), sparsity, state.validation()));
    int rounds = group.evidence().rounds();
    PruningState current = state;
    for (int round = 1; round <= rounds; round++) {
      Demand part = Rounds.demand(demand, sparsity, round, rounds);
      current = current.with(choose(group, tensors, part, current, weights));
    }
    Map<String, Mask> decided = new TreeMap<>(current.masks());
    decided.keySet().retainAll(tensors.stream().map(TensorInfo::name).toList());
    return decided;
  }

  private static Map<String, Mask> choose(
      PruningGroup group,
      List<TensorInfo> tensors,
      Demand demand,
      PruningState state,
      WeightSource weights) {
    List<UnitScores> candidates = new ArrayList<>();
    for (TensorInfo tensor : tensors) {
      Scores units = scores(group, tensor, weights.read(tensor, state.masks()));
      Scores eligible = group.lifecycle().candidates(units, state.mask(tensor), group.pattern());
      int unitSize = tensor.elements() / eligible.size();
      double divisor = group.aggregate().divisor(unitSize);
      candidates.add(new UnitScores(tensor, eligible, unitSize, divisor));
    }
    double[] sparsities = group.allocation().sparsities(demand, candidates);
    Map<String, Mask> masks = new TreeMap<>();
    for (int i = 0; i < sparsities.length; i++) {
      TensorInfo tensor = tensors.get(i);
      // A pattern that leaves no choice gives all tensors alike, whatever a ranking would.
      boolean fixed = group.pattern().fixedSparsity(tensor.shape()).isPresent();
      double sparsity =
          fixed && demand instanceof Demand.Sparsity all ? all.sparsity() : sparsities[i];
      int kept = group.pattern().kept(sparsity, tensor.shape());
      Mask best = group.pattern().best(candidates.get(i).scores(), tensor.shape(), kept);
      masks.put(tensor.name(), group.lifecycle().next(state.mask(tensor), best));
    }
    return masks;
  }

  private static Scores scores(PruningGroup group, TensorInfo tensor, WeightTensor weights) {
    weights.requireFinite();
    Scores scores = group.criterion().score(weights);
    if (scores.firstNaN() >= 0) {
      throw new InvalidInputException(
          tensor.name(),
          "scores that are numbers",
          "NaN from the criterion '" + group.criterion().type() + "'",
          "check the gradients or statistics that it reads; nothing was pruned");
    }
    return group.pattern().unitScores(scores, tensor.shape(), group.aggregate());
  }
}
