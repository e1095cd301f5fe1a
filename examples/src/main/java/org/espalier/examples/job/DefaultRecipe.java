package org.espalier.examples.job;

import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.allocation.Global;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.Timing;

/**
 * The recipe that {@code --sparsity S} stands for: all prunable weights, unstructured, by
 * magnitude, ranked together; sparsity rises along the curve of Zhu and Gupta (2017) over the first
 * half of the fine-tuning, four decisions an epoch, and the second half recovers.
 */
final class DefaultRecipe {

  private static final int DECISIONS_PER_EPOCH = 4;

  private DefaultRecipe() {}

  static Recipe of(double sparsity, JobRun run) {
    return of(
        sparsity, run.settings().epochs(), run.train().batchesPerEpoch(), run.options().seed());
  }

  static Recipe of(double sparsity, int epochs, int stepsPerEpoch, long seed) {
    long end = (long) epochs * stepsPerEpoch / 2;
    long every = Math.max(1, stepsPerEpoch / DECISIONS_PER_EPOCH);
    Timing timing = new Timing(Timing.Unit.STEP, 0, end, every);
    PruningGroup group =
        PruningGroup.builder(Curve.cubic(0, sparsity, timing))
            .optAllocation(Global.INSTANCE)
            .build();
    return Recipe.of(group).withSeed(seed);
  }
}
