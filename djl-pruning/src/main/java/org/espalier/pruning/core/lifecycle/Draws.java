package org.espalier.pruning.core.lifecycle;

import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.criterion.Random;
import org.espalier.sparse.mask.Scores;

/**
 * Random scores of one decision, a function of the seed, the step and the tensor's path alone: what
 * the criterion {@link Random} draws, with seed xor mix((step + 1) 0x9e3779b97f4a7c15) for its
 * seed, where mix is its step 3, and with units in the place of weights.
 */
final class Draws {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Draws() {}

  /** Returns a score per unit, uniform on [0, 1). */
  static Scores of(Decision decision, Units units) {
    return of(decision, units.tensor().name(), units.size());
  }

  /** Returns scores, each uniform on [0, 1). */
  static Scores of(Decision decision, String path, int count) {
    // Steps are mixed before they meet the seed: neighbors must not share draws.
    long step = Random.mix((decision.state().time().step() + 1) * GOLDEN);
    return Scores.of(Random.draws(decision.seed() ^ step, path, count));
  }
}
