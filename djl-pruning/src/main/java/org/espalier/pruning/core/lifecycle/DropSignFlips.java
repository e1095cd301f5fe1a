package org.espalier.pruning.core.lifecycle;

import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.SignKept;
import org.espalier.sparse.mask.Scores;

/**
 * Weights that have lost the sign of their initial value go, and those that are 0. If more must go,
 * the lowest by the group's criterion do.
 *
 * <p>Source: G. Bellec et al., "Deep Rewiring" (DEEP R), ICLR 2018, algorithm 1. There a weight
 * goes when θ_k &lt; 0; an update rule that clamps θ at 0 leaves 0 in its place.
 */
public enum DropSignFlips implements Drop {
  /** The only one: it has no parameters. */
  INSTANCE;

  @Override
  public String text() {
    return "sign-flip";
  }

  @Override
  public Fraction fraction() {
    return Fraction.NONE;
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of();
  }

  @Override
  public boolean needsSingleWeights() {
    return true;
  }

  @Override
  public List<Criterion> criteria() {
    return List.of(SignKept.INSTANCE);
  }

  @Override
  public int staying(
      Decision decision, TensorInfo tensor, Scores living, int count, int most, double fraction) {
    Scores kept = decision.scores(tensor, SignKept.INSTANCE);
    int staying = 0;
    for (int i = 0; i < living.size(); i++) {
      if (kept.at(i) > 0) {
        staying += living.at(i) == Double.NEGATIVE_INFINITY ? 0 : 1;
      } else {
        living.exclude(i);
      }
    }
    return Math.min(staying, most);
  }
}
