package org.espalier.pruning.core;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.pruning.core.schedule.Situation;
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
        Outcome outcome = decide(binding, g, state, weights);
        next = next.with(outcome.masks()).remembering(outcome.notes());
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

  /** What one group has decided, and what it remembers. */
  private record Outcome(Map<String, Mask> masks, Map<String, Double> notes) {}

  /** One decision in as many rounds as the group wants, each from the masks of the one before. */
  private static Outcome decide(Binding binding, int g, PruningState state, WeightSource weights) {
    PruningGroup group = binding.recipe().groups().get(g);
    List<TensorInfo> tensors = binding.members().get(g);
    double sparsity = state.sparsity(tensors);
    Demand demand =
        group.schedule().demandAt(new Situation(state.time(), sparsity, state.validation()));
    int rounds = group.evidence().rounds();
    PruningState current = state;
    Outcome outcome = new Outcome(Map.of(), Map.of());
    for (int round = 1; round <= rounds; round++) {
      Demand part = Rounds.demand(demand, sparsity, round, rounds);
      Decision decision =
          new Decision(group, tensors, part, current, binding.recipe().seed(), weights);
      outcome = new Outcome(group.lifecycle().next(decision), decision.notes());
      current = current.with(outcome.masks()).remembering(outcome.notes());
    }
    return outcome;
  }
}
