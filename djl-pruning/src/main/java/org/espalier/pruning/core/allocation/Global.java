package org.espalier.pruning.core.allocation;

import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Scores;

/**
 * All units of all tensors compete together for floor((1 - s) N + 0.5) places, N units in all. Ties
 * go to the earlier tensor, then to the lower index. Where unit sizes differ, units compete by mean
 * score per weight, so that a large unit is not kept for its size alone: the aggregates sum and l2
 * are divided as {@link org.espalier.sparse.pattern.Aggregate#divisor} says, mean, rms and max stay
 * what they are. A pattern that leaves no choice, as 2:4, gives every tensor its own sparsity.
 *
 * <p>With {@link Budget#FLOPS} the same ranking is followed for as long as the operations of what
 * is kept do not exceed (1 - s) of all. With a floor, each tensor keeps that many of its best units
 * in any case, and the longest such ranking is followed that meets the total.
 *
 * <p>Source: the "global" ranking of Han et al. 2015 as named by D. Blalock et al., "What is the
 * State of Neural Network Pruning?", MLSys 2020, section 2.
 *
 * @param terms what is counted, and the floor
 */
public record Global(Terms terms) implements Allocation {

  /** The usual one: by number of units, without floor. */
  public static final Global INSTANCE = new Global(Terms.DEFAULT);

  /** Refuses null. */
  public Global {
    Objects.requireNonNull(terms, "terms");
  }

  @Override
  public String type() {
    return "global";
  }

  @Override
  public void requireFits(Demand utmost, List<TensorInfo> tensors) {
    utmost.requireSparsity(type());
  }

  @Override
  public double[] sparsities(Demand demand, List<UnitScores> tensors) {
    return sparsities(demand.requireSparsity(type()), tensors, comparable(tensors));
  }

  /** Returns the sparsity of each tensor when units are ranked by other scores than their own. */
  double[] sparsities(double sparsity, List<UnitScores> tensors, List<Scores> scores) {
    int[] kept = kept(sparsity, tensors, scores);
    double[] sparsities = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      int n = tensors.get(i).units();
      sparsities[i] = n == 0 ? 0 : (double) (n - kept[i]) / n;
    }
    return sparsities;
  }

  private static List<Scores> comparable(List<UnitScores> tensors) {
    boolean sameSize = tensors.stream().mapToInt(UnitScores::unitSize).distinct().count() <= 1;
    return tensors.stream()
        .map(tensor -> tensor.scores().dividedBy(sameSize ? 1 : tensor.divisor()))
        .toList();
  }

  private int[] kept(double sparsity, List<UnitScores> tensors, List<Scores> scores) {
    long units = tensors.stream().mapToLong(UnitScores::units).sum();
    int[] floors = terms.floors(tensors);
    long places = Counts.kept(sparsity, units);
    if (terms.budget() == Budget.FLOPS) {
      long[] costs = tensors.stream().mapToLong(terms.budget()::unitCost).toArray();
      long all = 0;
      for (int i = 0; i < costs.length; i++) {
        all += costs[i] * tensors.get(i).units();
      }
      long allowed = Share.kept(sparsity, all).setScale(0, RoundingMode.FLOOR).longValueExact();
      return longest(scores, floors, costs, allowed, units);
    }
    int[] plain = Scores.countsOfLargest(scores, places);
    long[] ones = new long[plain.length];
    Arrays.fill(ones, 1);
    return cost(plain, floors, ones) == places
        ? plain
        : longest(scores, floors, ones, places, places);
  }

  /** Follows the ranking, at most {@code most} units of it, while floors and it stay affordable. */
  private static int[] longest(
      List<Scores> scores, int[] floors, long[] costs, long allowed, long most) {
    long fits = 0;
    long least = cost(new int[floors.length], floors, costs);
    if (least > allowed) {
      throw new InvalidInputException(
          "min_kept",
          "floors of the tensors that the sparsity can pay for, " + allowed + " in all",
          Long.toString(least),
          "lower min_kept or the schedule's target");
    }
    long tooMuch = most + 1;
    while (tooMuch - fits > 1) {
      long middle = fits + (tooMuch - fits) / 2;
      if (cost(Scores.countsOfLargest(scores, middle), floors, costs) <= allowed) {
        fits = middle;
      } else {
        tooMuch = middle;
      }
    }
    int[] kept = Scores.countsOfLargest(scores, fits);
    for (int i = 0; i < kept.length; i++) {
      kept[i] = Math.max(kept[i], floors[i]);
    }
    return kept;
  }

  private static long cost(int[] kept, int[] floors, long[] costs) {
    long cost = 0;
    for (int i = 0; i < kept.length; i++) {
      cost += Math.max(kept[i], floors[i]) * costs[i];
    }
    return cost;
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
