package org.espalier.pruning.core.allocation;

import java.util.List;
import org.espalier.sparse.mask.Counts;

/** Every tensor has the sparsity of the group: kept = floor((1 - s) n + 0.5), n units. */
public enum Uniform implements Allocation {
  /** The only one: the allocation has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "uniform";
  }

  @Override
  public int[] keptCounts(double sparsity, List<UnitScores> tensors) {
    return tensors.stream()
        .mapToInt(tensor -> (int) Counts.kept(sparsity, tensor.scores().length))
        .toArray();
  }
}
