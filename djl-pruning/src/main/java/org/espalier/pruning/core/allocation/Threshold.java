package org.espalier.pruning.core.allocation;

import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;

/**
 * A unit lives if its score is above a threshold τ, compared in double precision, whatever that
 * makes of the sparsity; but no tensor becomes sparser than the schedule's limit: its best ceil((1
 * - limit) n) of n units live in any case. Units that must not be chosen (a score of negative
 * infinity) never count as living.
 *
 * <p>τ is {@code value} if there is one, and the schedule's sparsity at the moment is then the
 * limit; else it is what the schedule asks for: its threshold, or its factor times the mean of the
 * finite scores of the tensor's units (sum in index order / count).
 *
 * <p>Source: S. Han et al., "Learning both Weights and Connections for Efficient Neural Networks",
 * NIPS 2015, section 3: with the criterion std-magnitude, |w| divided by the standard deviation of
 * the tensor, {@code value} is the quality parameter q of τ = q std(W).
 *
 * @param value the threshold in the unit of scores, finite; empty = the schedule's
 * @param minKept units that every tensor keeps at least
 */
public record Threshold(OptionalDouble value, int minKept) implements Allocation {

  /** Refuses what is no number. */
  public Threshold {
    Terms.requireMinKept(minKept);
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new InvalidInputException(
          "value", "a finite number", Double.toString(value.getAsDouble()), "correct it");
    }
  }

  /** Returns a threshold of its own. */
  public static Threshold of(double value) {
    return new Threshold(OptionalDouble.of(value), 0);
  }

  /** Returns the allocation that answers schedules of thresholds. */
  public static Threshold ofSchedule() {
    return new Threshold(OptionalDouble.empty(), 0);
  }

  @Override
  public String type() {
    return "threshold";
  }

  @Override
  public void requireFits(Demand utmost, List<TensorInfo> tensors) {
    if (value.isEmpty() && utmost instanceof Demand.Sparsity) {
      throw new InvalidInputException(
          "allocation",
          "a value for the threshold, as the schedule asks for sparsities",
          "none",
          "set 'value', or use a schedule of thresholds: two-slope, lprune");
    }
  }

  @Override
  public double[] sparsities(Demand demand, List<UnitScores> tensors) {
    requireFits(demand, List.of());
    return tensors.stream()
        .mapToDouble(
            units -> {
              int n = units.units();
              return n == 0 ? 0 : (double) (n - kept(demand, units)) / n;
            })
        .toArray();
  }

  private int kept(Demand demand, UnitScores units) {
    double above = value.orElseGet(() -> threshold(demand, units.scores()));
    int kept = 0;
    for (int i = 0; i < units.units(); i++) {
      if (units.scores().at(i) > above) {
        kept++;
      }
    }
    int least = Math.max(minKept, least(limit(demand), units.units()));
    return Math.max(kept, Terms.floor(units, least));
  }

  private static double threshold(Demand demand, Scores scores) {
    if (demand instanceof Demand.MeanFactor part) {
      return part.factor() * mean(scores);
    }
    return ((Demand.Threshold) demand).above();
  }

  private static double limit(Demand demand) {
    if (demand instanceof Demand.Sparsity part) {
      return part.sparsity();
    }
    return demand instanceof Demand.Threshold part
        ? part.limit()
        : ((Demand.MeanFactor) demand).limit();
  }

  private static double mean(Scores scores) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < scores.size(); i++) {
      if (Double.isFinite(scores.at(i))) {
        sum += scores.at(i);
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static int least(double limit, int units) {
    return Share.kept(limit, units).setScale(0, RoundingMode.CEILING).intValueExact();
  }

  @Override
  public boolean prescribesDensities() {
    return false;
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    value.ifPresent(number -> parameters.put("value", number));
    if (minKept > 0) {
      parameters.put("min_kept", minKept);
    }
    return parameters;
  }
}
