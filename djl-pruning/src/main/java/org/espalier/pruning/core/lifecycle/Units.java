package org.espalier.pruning.core.lifecycle;

import java.util.Arrays;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.Aggregate;

/** The units of one tensor during one decision: which lived before it, and which live now. */
final class Units {

  private final Decision decision;
  private final TensorInfo tensor;
  private final boolean[] before;
  private boolean[] now;

  /** Starts from the mask so far. */
  Units(Decision decision, TensorInfo tensor) {
    this.decision = decision;
    this.tensor = tensor;
    Scores alive =
        decision
            .group()
            .pattern()
            .unitScores(Scores.of(decision.mask(tensor).toFloats()), tensor.shape(), Aggregate.SUM);
    before = new boolean[alive.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = alive.at(i) > 0;
    }
    now = before.clone();
  }

  TensorInfo tensor() {
    return tensor;
  }

  boolean livedBefore(int unit) {
    return before[unit];
  }

  int size() {
    return now.length;
  }

  /** Returns how many live now. */
  int living() {
    return count(now);
  }

  /** Returns how many lived before the decision. */
  int livingBefore() {
    return count(before);
  }

  /** Returns how many are dead now. */
  int room() {
    return size() - living();
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  /** Takes the dead out of a competition; changes and returns the argument. */
  Scores ofLiving(Scores scores) {
    return without(scores, false);
  }

  /** Takes the living out of a competition; changes and returns the argument. */
  Scores ofDead(Scores scores) {
    return without(scores, true);
  }

  private Scores without(Scores scores, boolean living) {
    for (int i = 0; i < now.length; i++) {
      if (now[i] == living) {
        scores.exclude(i);
      }
    }
    return scores;
  }

  /** Lets only the best live. */
  void keep(Scores scores, int count) {
    Arrays.fill(now, false);
    add(scores, count);
  }

  /** Lets the best live too. */
  void add(Scores scores, int count) {
    long[] best = scores.largest(count);
    for (int i = 0; i < now.length; i++) {
      now[i] |= (best[i >> 6] >>> i & 1) != 0;
    }
  }

  /** Returns the mask of those that live now. */
  Mask mask() {
    float[] lives = new float[now.length];
    for (int i = 0; i < lives.length; i++) {
      lives[i] = now[i] ? 1 : 0;
    }
    return decision.best(tensor, Scores.of(lives), living());
  }
}
