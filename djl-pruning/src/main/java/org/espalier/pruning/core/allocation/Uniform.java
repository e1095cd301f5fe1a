package org.espalier.pruning.core.allocation;

import java.util.Arrays;
import java.util.List;
import org.espalier.pruning.core.schedule.Demand;

/** Every tensor has the sparsity of the group. */
public enum Uniform implements Allocation {
  /** The only one: the allocation has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "uniform";
  }

  @Override
  public double[] sparsities(Demand demand, List<UnitScores> tensors) {
    double[] sparsities = new double[tensors.size()];
    Arrays.fill(sparsities, demand.requireSparsity(type()));
    return sparsities;
  }

  @Override
  public boolean prescribesDensities() {
    return false;
  }
}
