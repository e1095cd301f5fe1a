package org.espalier.pruning.core.lifecycle;

import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Every decision chooses among all weights, dead or alive. Within the rounds of one decision dead
 * weights still have their values and can return: with {@code snip} as criterion that is FORCE. At
 * a later decision a weight that was dead in training is 0 and returns only if its score says so.
 *
 * <p>Source: P. de Jorge et al., "Progressive Skeletonization: Trimming more fat from a network at
 * initialization", ICLR 2021, section 4.
 */
public enum Reselect implements Selecting {
  /** The only one: the lifecycle has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "reselect";
  }

  @Override
  public Scores candidates(Scores unitScores, Mask current, SparsityPattern pattern) {
    return unitScores;
  }

  @Override
  public Mask next(Mask current, Mask chosen) {
    return chosen;
  }
}
