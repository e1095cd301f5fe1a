package org.espalier.pruning.core.allocation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.mask.Counts;

/**
 * Uniform, but gentle at both ends of the network: the first tensor of the group is at most {@code
 * first} sparse if it is a convolution's (more than two axes), the last at most {@code last} if it
 * is a fully connected layer's (at most two axes); all others have the one sparsity that meets the
 * group's. First and last go by the order of names, which DJL's paths begin with a position for, so
 * a group should hold the whole network. A first layer that is fully connected competes like any
 * other: in a multilayer perceptron it holds most of the weights.
 *
 * <p>Where all units have one size and the budget is in weights, the units kept are floor((1 - s) N
 * + 0.5) of N exactly: tensors are rounded for themselves, and what is then missing or too much
 * goes, one each, to or from those tensors between their bounds that rounding has hit hardest, the
 * earlier first where they tie.
 *
 * <p>Source: T. Gale, E. Elsen, S. Hooker, "The State of Sparsity in Deep Neural Networks", 2019,
 * section 5: the first convolution dense, the final fully connected layer at most 80 % sparse.
 * Quoted from memory of the paper.
 *
 * @param first largest sparsity of a convolution that comes first, in [0, 1)
 * @param last largest sparsity of a fully connected layer that comes last, in [0, 1)
 * @param terms what is counted, and the floor
 */
public record UniformPlus(double first, double last, Terms terms) implements ByDensity {

  /** Refuses what is no sparsity. */
  public UniformPlus {
    Schedule.requireSparsity("first", first);
    Schedule.requireSparsity("last", last);
    Objects.requireNonNull(terms, "terms");
  }

  /** Returns the allocation of the paper: first dense, last at most 0.8. */
  public static UniformPlus usual() {
    return new UniformPlus(0, 0.8, Terms.DEFAULT);
  }

  @Override
  public String type() {
    return "uniform-plus";
  }

  @Override
  public double[] densities(double sparsity, List<TensorInfo> tensors, double[] floors) {
    double[] lower = lower(tensors, floors);
    double[] ones = new double[lower.length];
    Arrays.fill(ones, 1);
    double[] costs = ByDensity.costs(terms.budget(), tensors);
    return ByDensity.meet(this, sparsity, new Filling(ones, lower, ones, costs));
  }

  private double[] lower(List<TensorInfo> tensors, double[] floors) {
    double[] lower = floors.clone();
    int end = lower.length - 1;
    if (tensors.get(0).shape().length > 2) {
      lower[0] = Math.max(lower[0], 1 - first);
    }
    if (tensors.get(end).shape().length <= 2) {
      lower[end] = Math.max(lower[end], 1 - last);
    }
    return lower;
  }

  @Override
  public double[] sparsities(Demand demand, List<UnitScores> tensors) {
    double[] sparsities = ByDensity.super.sparsities(demand, tensors);
    boolean sameSize = tensors.stream().mapToInt(UnitScores::unitSize).distinct().count() <= 1;
    if (!sameSize || terms.budget() != Budget.PARAMS) {
      return sparsities;
    }
    int[] units = tensors.stream().mapToInt(UnitScores::units).toArray();
    List<TensorInfo> infos = tensors.stream().map(UnitScores::tensor).toList();
    double[] lower = lower(infos, ByDensity.floors(terms, tensors));
    int[] least = new int[units.length];
    for (int i = 0; i < least.length; i++) {
      boolean free = 1 - sparsities[i] > lower[i] + 1e-12;
      least[i] = free ? (int) Math.ceil(lower[i] * units[i] - 1e-9) : Apportioning.FIXED;
    }
    long total =
        Counts.kept(demand.requireSparsity(type()), Arrays.stream(units).asLongStream().sum());
    return Apportioning.exact(sparsities, units, least, total);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("first", first);
    parameters.put("last", last);
    parameters.putAll(terms.parameters());
    return parameters;
  }
}
