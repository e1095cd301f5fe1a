package org.espalier.tribuo.ensemble;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.tribuo.network.TrainingPlan;
import org.espalier.tribuo.network.WeightCount;

/**
 * The weights of one dense network, shared out among the members of an ensemble layer by layer. Of
 * a layer of n weights all members together keep exactly floor(budget * n); the first members keep
 * one more than the last where that does not divide. So the members together have no more weights
 * than the budget allows, and, since a weight of a layer costs the same in each, no more
 * multiplications.
 *
 * @param members at least 2
 * @param budget fraction of a dense network's weights for all members together, in (0, 1]
 */
record WeightShares(int members, double budget) {

  /** Returns the weights of a layer that all members together keep. */
  long together(long weights) {
    return BigDecimal.valueOf(budget)
        .multiply(BigDecimal.valueOf(weights))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  /** Returns the weights of a layer that one member keeps. */
  long of(int member, long weights) {
    long together = together(weights);
    return together / members + (member < together % members ? 1 : 0);
  }

  /**
   * Returns the recipe of one member: a group per weight of the network, whose schedule is that of
   * a trainer's {@code sparsity}.
   *
   * @throws IllegalArgumentException if a layer has too few weights for all members
   */
  Recipe recipe(int member, TrainingPlan plan) {
    List<PruningGroup> groups = new ArrayList<>();
    for (WeightCount weights : plan.weights()) {
      long kept = of(member, weights.elements());
      if (kept == 0) {
        throw new IllegalArgumentException(
            "%d members share %d weights of '%s', and some would get none; set fewer members"
                .formatted(members, together(weights.elements()), weights.name()));
      }
      double sparsity = (double) (weights.elements() - kept) / weights.elements();
      groups.add(
          PruningGroup.builder(plan.schedule(sparsity))
              .optName(weights.name())
              .optInclude(weights.name())
              .build());
    }
    return Recipe.of(groups.toArray(PruningGroup[]::new));
  }
}
