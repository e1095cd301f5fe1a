package org.espalier.sparse.pattern;

import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * Patterns whose units are the tiles of a {@link Tiling}: groups of equal size, each zero or kept
 * as one. Units count in the order of their first weights, and any number of them may live.
 */
public sealed interface Tiled extends SparsityPattern permits Block, Slice, Heads {

  /** Returns how a tensor of this shape is cut. */
  Tiling tiling(int[] shape);

  @Override
  default int units(int[] shape) {
    return tiling(shape).tiles();
  }

  @Override
  default int kept(double sparsity, int[] shape) {
    return (int) Counts.kept(sparsity, units(shape));
  }

  @Override
  default Scores unitScores(Scores scores, int[] shape, Aggregate aggregate) {
    return tiling(shape).unitScores(scores, aggregate);
  }

  @Override
  default Mask best(Scores unitScores, int[] shape, int kept) {
    return Mask.ofWords(shape, tiling(shape).expand(unitScores.largest(kept)));
  }

  /** Returns whether every unit lives or is dead as a whole. */
  @Override
  default boolean satisfiedBy(Mask mask) {
    if (misfit(mask.shape()).isPresent()) {
      return false;
    }
    Tiling tiling = tiling(mask.shape());
    for (int tile = 0; tile < tiling.tiles(); tile++) {
      int kept = tiling.keptIn(tile, mask);
      if (kept != 0 && kept != tiling.size()) {
        return false;
      }
    }
    return true;
  }
}
