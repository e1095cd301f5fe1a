package org.espalier.pruning.core.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;

/**
 * All units of the group with a score below one threshold H go. H learns: if more than (1 +
 * tolerance) N_p went it is halved for the next decision, if fewer than (1 - tolerance) N_p it is
 * doubled. N_p = floor(f n) of the n living units of the group.
 *
 * <p>Source: H. Mostafa, X. Wang, "Parameter Efficient Training of Deep Convolutional Neural
 * Networks by Dynamic Sparse Reparameterization" (DSR), ICML 2019, algorithm 1; there N_p is a
 * number. From memory of the paper; that H follows the count in this way is confirmed by the
 * reimplementation in T. Dettmers' {@code sparse_learning}.
 *
 * @param fraction f
 * @param threshold H at the first decision, above 0
 * @param tolerance in [0, 1)
 */
public record DropBelow(Fraction fraction, double threshold, double tolerance) implements Drop {

  /** The usual first threshold. */
  public static final double THRESHOLD = 0.001;

  /** The usual tolerance. */
  public static final double TOLERANCE = 0.1;

  private static final String NOTE = "threshold";

  /** Refuses what is out of range. */
  public DropBelow {
    require("threshold", threshold > 0 && Double.isFinite(threshold), "above 0", threshold);
    require("tolerance", tolerance >= 0 && tolerance < 1, "in [0, 1)", tolerance);
  }

  private static void require(String key, boolean holds, String range, double found) {
    if (!holds) {
      throw new InvalidInputException(
          key, "a number " + range, Double.toString(found), "correct it");
    }
  }

  @Override
  public String text() {
    return "threshold";
  }

  @Override
  public int staying(
      Decision decision, TensorInfo tensor, Scores living, int count, int most, double fraction) {
    double h = decision.note(NOTE, threshold);
    int staying = 0;
    for (int i = 0; i < living.size(); i++) {
      if (living.at(i) >= h) {
        staying++;
      }
    }
    return Math.min(staying, most);
  }

  @Override
  public void adapt(Decision decision, int dropped, int wanted) {
    double h = decision.note(NOTE, threshold);
    if (dropped > (1 + tolerance) * wanted && h / 2 > 0) {
      h /= 2;
    } else if (dropped < (1 - tolerance) * wanted && Double.isFinite(2 * h)) {
      h *= 2;
    }
    decision.remember(NOTE, h);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>(fraction.parameters());
    parameters.put("threshold", threshold);
    parameters.put("tolerance", tolerance);
    return parameters;
  }
}
