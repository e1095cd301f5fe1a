package org.espalier.pruning.core.lifecycle;

import java.util.List;
import java.util.Locale;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.GradientAverage;
import org.espalier.pruning.core.criterion.GradientMagnitude;
import org.espalier.sparse.mask.Scores;

/** By what {@link DropGrow} chooses the units that grow. */
public enum Grow {
  /** The largest |g|. */
  GRADIENT,
  /** The largest |M|, M the average of g over training. */
  MOMENTUM,
  /** Each with equal chance. */
  RANDOM;

  /** Returns the text form. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<Criterion> criteria(GradientAverage average) {
    return switch (this) {
      case GRADIENT -> List.of(GradientMagnitude.INSTANCE);
      case MOMENTUM -> List.of(average);
      case RANDOM -> List.of();
    };
  }

  /** Returns a score per unit of a tensor. */
  Scores scores(Decision decision, Units units, GradientAverage average) {
    return switch (this) {
      case GRADIENT -> decision.scores(units.tensor(), GradientMagnitude.INSTANCE);
      case MOMENTUM -> decision.scores(units.tensor(), average);
      case RANDOM -> Draws.of(decision, units);
    };
  }
}
