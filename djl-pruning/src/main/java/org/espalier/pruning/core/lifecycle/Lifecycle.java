package org.espalier.pruning.core.lifecycle;

import org.espalier.pruning.core.config.Component;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.SparsityPattern;

/** How masks follow each other. */
public interface Lifecycle extends Component {

  /**
   * Returns the scores with which units enter the competition, which may be the argument, changed.
   *
   * @param unitScores one per unit, not NaN
   * @param current the mask so far
   * @param pattern what cuts the tensor into units
   */
  Scores candidates(Scores unitScores, Mask current, SparsityPattern pattern);

  /**
   * Returns the new mask.
   *
   * @param current the mask so far
   * @param chosen the mask of the units that won
   */
  Mask next(Mask current, Mask chosen);
}
