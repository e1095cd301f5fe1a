package org.espalier.pruning.core.lifecycle;

import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Dead stays dead: a pruned unit is never chosen again, not even when it ties with a living one.
 *
 * <p>Source: iterative pruning, S. Han et al., NIPS 2015, section 3; M. Zhu, S. Gupta 2017.
 */
public enum Prune implements Lifecycle {
  /** The only one: the lifecycle has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "prune";
  }

  @Override
  public float[] candidates(float[] unitScores, Mask current, SparsityPattern pattern) {
    if (current.keptCount() == current.elements()) {
      return unitScores;
    }
    float[] alive = pattern.unitScores(current.toFloats(), current.shape());
    for (int i = 0; i < unitScores.length; i++) {
      if (alive[i] == 0f) {
        unitScores[i] = Float.NEGATIVE_INFINITY;
      }
    }
    return unitScores;
  }

  @Override
  public Mask next(Mask current, Mask chosen) {
    return chosen.and(current);
  }
}
