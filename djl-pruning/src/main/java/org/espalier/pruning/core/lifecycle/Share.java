package org.espalier.pruning.core.lifecycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.criterion.GradientAverage;
import org.espalier.sparse.mask.Scores;

/** How the units that grow are shared by the tensors of a group. */
public enum Share {
  /** Each tensor grows back to the count that the allocation gives it. */
  OWN,
  /**
   * In proportion to the mean |M| of the units that lived before the decision, M the average of the
   * gradient over training.
   */
  MOMENTUM,
  /** In proportion to the number of units that survived the drop. */
  SURVIVORS,
  /** The candidates of all tensors compete as one. */
  GROUP;

  /**
   * One decision after the drop.
   *
   * @param units of each tensor
   * @param budget units that each tensor keeps by the allocation
   * @param grow by what units grow
   * @param candidates scores for growth, the living excluded
   * @param average what tracks M
   */
  record Growth(
      Decision decision,
      List<Units> units,
      int[] budget,
      Grow grow,
      List<Scores> candidates,
      GradientAverage average) {

    int total() {
      return Arrays.stream(budget).sum() - units.stream().mapToInt(Units::living).sum();
    }
  }

  /** Returns the text form. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns how many units of each tensor may stay at most, before the fraction is dropped. */
  int[] most(List<Units> units, int[] budget) {
    int[] living = counts(units, Units::living);
    if (this == OWN) {
      Arrays.setAll(living, i -> Math.min(living[i], budget[i]));
      return living;
    }
    int total = Arrays.stream(budget).sum();
    if (Arrays.stream(living).sum() <= total) {
      return living;
    }
    return Shares.of(total, Arrays.stream(living).asDoubleStream().toArray(), living);
  }

  /** Returns how many units of each tensor grow; the sum is what is missing of the budgets' sum. */
  int[] counts(Growth growth) {
    List<Units> units = growth.units();
    return switch (this) {
      case OWN -> {
        int[] counts = counts(units, Units::living);
        Arrays.setAll(counts, i -> growth.budget()[i] - counts[i]);
        yield counts;
      }
      case MOMENTUM -> proportional(growth, u -> meanMomentum(growth, u));
      case SURVIVORS -> proportional(growth, Units::living);
      case GROUP -> best(growth);
    };
  }

  private static int[] counts(List<Units> units, ToIntFunction<Units> count) {
    return units.stream().mapToInt(count).toArray();
  }

  private static int[] proportional(Growth growth, ToDoubleFunction<Units> weight) {
    double[] weights = growth.units().stream().mapToDouble(weight).toArray();
    return Shares.of(growth.total(), weights, counts(growth.units(), Units::room));
  }

  private static int[] best(Growth growth) {
    List<Scores> fair = new ArrayList<>();
    for (int i = 0; i < growth.units().size(); i++) {
      Scores scores = growth.candidates().get(i);
      boolean drawn = growth.grow() == Grow.RANDOM;
      fair.add(drawn ? scores : perWeight(growth, growth.units().get(i), scores));
    }
    return Scores.countsOfLargest(fair, growth.total());
  }

  /** Makes scores of units of different sizes comparable, as allocations do. */
  private static Scores perWeight(Growth growth, Units units, Scores scores) {
    int size = units.tensor().elements() / units.size();
    return scores.dividedBy(growth.decision().group().aggregate().divisor(size));
  }

  private static double meanMomentum(Growth growth, Units units) {
    Scores scores = growth.decision().scores(units.tensor(), growth.average());
    Scores momentum = perWeight(growth, units, scores);
    double sum = 0;
    for (int i = 0; i < units.size(); i++) {
      sum += units.livedBefore(i) ? momentum.at(i) : 0;
    }
    return units.livingBefore() == 0 ? 0 : sum / units.livingBefore();
  }
}
