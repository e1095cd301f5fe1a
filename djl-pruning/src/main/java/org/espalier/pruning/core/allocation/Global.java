package org.espalier.pruning.core.allocation;

import java.util.List;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Selection;

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
  public int[] keptCounts(double sparsity, List<UnitScores> tensors) {
    long units = tensors.stream().mapToLong(tensor -> tensor.scores().length).sum();
    boolean sameSize = tensors.stream().mapToInt(UnitScores::unitSize).distinct().count() <= 1;
    List<float[]> scores =
        tensors.stream().map(tensor -> sameSize ? tensor.scores() : meanScores(tensor)).toList();
    return Selection.countsOfLargest(scores, Counts.kept(sparsity, units));
  }

  private static float[] meanScores(UnitScores tensor) {
    float[] means = tensor.scores().clone();
    for (int i = 0; i < means.length; i++) {
      means[i] /= tensor.unitSize();
    }
    return means;
  }
}
