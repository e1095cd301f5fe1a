package org.espalier.pruning.core.allocation;

import java.util.List;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Scores;

/**
 * All units of all tensors compete together for floor((1 - s) N + 0.5) places, N units in all. Ties
 * go to the earlier tensor, then to the lower index. Where unit sizes differ, units compete by mean
 * score per weight, so that a large unit is not kept for its size alone.
 *
 * <p>Source: the "global" ranking of Han et al. 2015 as named by D. Blalock et al., "What is the
 * State of Neural Network Pruning?", MLSys 2020, section 2.
 */
public enum Global implements Allocation {
  /** The only one: the allocation has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "global";
  }

  @Override
  public double[] sparsities(Demand demand, List<UnitScores> tensors) {
    double sparsity = demand.requireSparsity(type());
    long units = tensors.stream().mapToLong(UnitScores::units).sum();
    boolean sameSize = tensors.stream().mapToInt(UnitScores::unitSize).distinct().count() <= 1;
    List<Scores> scores =
        tensors.stream()
            .map(tensor -> tensor.scores().dividedBy(sameSize ? 1 : tensor.unitSize()))
            .toList();
    int[] kept = Scores.countsOfLargest(scores, Counts.kept(sparsity, units));
    double[] sparsities = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      int n = tensors.get(i).units();
      sparsities[i] = n == 0 ? 0 : (double) (n - kept[i]) / n;
    }
    return sparsities;
  }

  @Override
  public boolean prescribesDensities() {
    return false;
  }
}
