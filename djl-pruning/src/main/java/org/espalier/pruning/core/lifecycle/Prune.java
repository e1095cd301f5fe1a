package org.espalier.pruning.core.lifecycle;

import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Dead stays dead: a pruned unit is never chosen again, not even when it ties with a living one.
 *
 * <p>Source: iterative pruning, S. Han et al., NIPS 2015, section 3; M. Zhu, S. Gupta 2017.
 */
public enum Prune implements Selecting {
  /** The only one: the lifecycle has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "prune";
  }

  /** Refuses a schedule whose sparsity falls. */
  @Override
  public void requireFits(Schedule schedule) {
    Selecting.super.requireFits(schedule);
    if (schedule.falls()) {
      throw new InvalidInputException(
          "lifecycle",
          "one in which weights come back, as the sparsity of '%s' falls"
              .formatted(schedule.type()),
          "'prune'",
          "choose reselect, rigl or nest");
    }
  }

  @Override
  public Scores candidates(Scores unitScores, Mask current, SparsityPattern pattern) {
    if (current.keptCount() == current.elements()) {
      return unitScores;
    }
    Scores alive =
        pattern.unitScores(Scores.of(current.toFloats()), current.shape(), Aggregate.SUM);
    for (int i = 0; i < unitScores.size(); i++) {
      if (alive.at(i) == 0) {
        unitScores.exclude(i);
      }
    }
    return unitScores;
  }

  @Override
  public Mask next(Mask current, Mask chosen) {
    return chosen.and(current);
  }
}
