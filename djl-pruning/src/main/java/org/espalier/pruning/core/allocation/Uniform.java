package org.espalier.pruning.core.allocation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.mask.Counts;

/**
 * Every tensor has the sparsity of the group, but for those that a floor keeps denser: then the
 * others have the one sparsity that meets the group's total.
 *
 * @param terms what is counted, which makes a difference only where a floor is met, and the floor
 */
public record Uniform(Terms terms) implements ByDensity {

  /** The usual one, without floor. */
  public static final Uniform INSTANCE = new Uniform(Terms.DEFAULT);

  /** Refuses null. */
  public Uniform {
    Objects.requireNonNull(terms, "terms");
  }

  @Override
  public String type() {
    return "uniform";
  }

  @Override
  public double[] sparsities(Demand demand, List<UnitScores> tensors) {
    double sparsity = demand.requireSparsity(type());
    int[] floors = terms.floors(tensors);
    for (int i = 0; i < floors.length; i++) {
      if (Counts.kept(sparsity, tensors.get(i).units()) < floors[i]) {
        return ByDensity.super.sparsities(demand, tensors);
      }
    }
    double[] sparsities = new double[floors.length];
    Arrays.fill(sparsities, sparsity);
    return sparsities;
  }

  @Override
  public double[] densities(double sparsity, List<TensorInfo> tensors, double[] floors) {
    double[] ones = new double[floors.length];
    Arrays.fill(ones, 1);
    double[] costs = ByDensity.costs(terms.budget(), tensors);
    return ByDensity.meet(this, sparsity, new Filling(ones, floors, ones, costs));
  }

  @Override
  public boolean prescribesDensities() {
    return false;
  }

  @Override
  public Map<String, Object> parameters() {
    return terms.parameters();
  }
}
