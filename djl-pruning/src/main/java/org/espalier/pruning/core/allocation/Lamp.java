package org.espalier.pruning.core.allocation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;

/**
 * LAMP-global: a {@link Global} ranking of units by x² / (sum of y² over the units of the tensor
 * that stand with or above it), x the unit's score, so that layers can be compared whatever the
 * scale of their scores. Of equal scores the lower index stands above. Every tensor's best unit has
 * 1, so no tensor dies before all others are down to one unit. Dead units count neither in a sum
 * nor as choosable.
 *
 * <p>With criterion {@code magnitude} and single weights this is the paper's method, the same as
 * criterion {@code lamp} with allocation {@code global}; here any criterion whose scores are at
 * least 0 and any pattern will do, and the best units of a tensor remain those of the criterion.
 *
 * <p>Source: J. Lee, S. Park, S. Mo, S. Ahn, J. Shin, "Layer-adaptive Sparsity for the
 * Magnitude-based Pruning", ICLR 2021, section 2.
 *
 * @param terms what is counted, and the floor
 */
public record Lamp(Terms terms) implements Allocation {

  /** Refuses null. */
  public Lamp {
    Objects.requireNonNull(terms, "terms");
  }

  @Override
  public String type() {
    return "lamp";
  }

  @Override
  public void requireFits(Demand utmost, List<TensorInfo> tensors) {
    utmost.requireSparsity(type());
  }

  @Override
  public double[] sparsities(Demand demand, List<UnitScores> tensors) {
    List<Scores> lamp = tensors.stream().map(Lamp::normalized).toList();
    return new Global(terms).sparsities(demand.requireSparsity(type()), tensors, lamp);
  }

  /** Returns the LAMP scores of a tensor in some order: only their number above a bound counts. */
  private static Scores normalized(UnitScores tensor) {
    double[] scores = tensor.scores().toDoubles();
    Arrays.sort(scores);
    double sum = 0;
    for (int u = scores.length - 1; u >= 0 && scores[u] != Double.NEGATIVE_INFINITY; u--) {
      if (scores[u] < 0) {
        throw new InvalidInputException(
            "allocation",
            "scores of at least 0 for 'lamp'",
            scores[u] + " in " + tensor.tensor().name(),
            "choose a criterion whose scores have no sign, or the allocation global");
      }
      double square = scores[u] * scores[u];
      sum += square;
      scores[u] = square == 0 ? 0 : square / sum;
    }
    return Scores.of(scores);
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
