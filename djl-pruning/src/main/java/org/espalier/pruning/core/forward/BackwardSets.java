package org.espalier.pruning.core.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightSource;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.pruning.core.schedule.Situation;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/** Which weights are trained by straight-through gradients; see {@link StraightThrough}. */
public final class BackwardSets {

  private BackwardSets() {}

  /**
   * Returns the set B of every tensor whose mask was due, by name: as many of the best units as the
   * group's allocation gives at the sparsity {@code backward}, and all that are alive.
   *
   * @param before the state before the decision
   * @param after the state after it
   */
  public static Map<String, Mask> of(
      Binding binding, PruningState before, PruningState after, WeightSource weights) {
    Map<String, Mask> sets = new TreeMap<>();
    for (int g = 0; g < binding.members().size(); g++) {
      PruningGroup group = binding.recipe().groups().get(g);
      if (group.forward() instanceof StraightThrough rule
          && group.schedule().updatesAt(before.time())) {
        List<TensorInfo> tensors = binding.members().get(g);
        Demand demand = demand(rule, group, before.sparsity(tensors), before);
        long seed = binding.recipe().seed();
        Decision decision = new Decision(group, tensors, demand, before, seed, weights);
        sets.putAll(rule.backward() == 0 ? dense(tensors) : best(decision, after));
      }
    }
    return sets;
  }

  private static Demand demand(
      StraightThrough rule, PruningGroup group, double sparsity, PruningState before) {
    Demand forward =
        group.schedule().demandAt(new Situation(before.time(), sparsity, before.validation()));
    return new Demand.Sparsity(
        forward instanceof Demand.Sparsity asked
            ? Math.min(rule.backward(), asked.sparsity())
            : rule.backward());
  }

  private static Map<String, Mask> dense(List<TensorInfo> tensors) {
    Map<String, Mask> sets = new TreeMap<>();
    tensors.forEach(tensor -> sets.put(tensor.name(), Mask.dense(tensor.shape())));
    return sets;
  }

  private static Map<String, Mask> best(Decision decision, PruningState after) {
    List<Scores> scores = new ArrayList<>();
    decision.tensors().forEach(tensor -> scores.add(decision.scores(tensor)));
    int[] kept = decision.kept(scores);
    Map<String, Mask> sets = new TreeMap<>();
    for (int i = 0; i < kept.length; i++) {
      TensorInfo tensor = decision.tensors().get(i);
      Mask best = decision.best(tensor, scores.get(i), kept[i]);
      sets.put(tensor.name(), best.or(after.mask(tensor)));
    }
    return sets;
  }
}
