package org.espalier.pruning.core;

import java.util.Objects;

/**
 * What one change of the masks did to a network, and what training made of it.
 *
 * @param step optimizer steps done when the masks changed, at least 0
 * @param epoch the epoch it happened in, counted from 1
 * @param sparsityBefore zeros / elements of all prunable weights, in [0, 1]
 * @param sparsityAfter the same after the change; equal where weights were exchanged
 * @param before quality just before the masks changed
 * @param after quality right after, before any weight was trained
 * @param recoveredStep optimizer steps done when the recovery ended; null while it goes on
 * @param recovered quality then, just before the masks changed again or at the end of the training;
 *     null while it goes on
 */
public record Recovery(
    long step,
    long epoch,
    double sparsityBefore,
    double sparsityAfter,
    Quality before,
    Quality after,
    Long recoveredStep,
    Quality recovered) {

  /** Checks ranges, and that the recovery has both a step and a quality or neither. */
  public Recovery {
    if (step < 0 || epoch < 1) {
      throw new IllegalArgumentException(
          "step must be at least 0 and epoch at least 1, found %d and %d".formatted(step, epoch));
    }
    requireFraction("sparsityBefore", sparsityBefore);
    requireFraction("sparsityAfter", sparsityAfter);
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    if ((recoveredStep == null) != (recovered == null)) {
      throw new IllegalArgumentException("a recovery has a step and a quality, or neither");
    }
    if (recoveredStep != null && recoveredStep < step) {
      throw new IllegalArgumentException(
          "the recovery ends at step %d, before its begin at %d".formatted(recoveredStep, step));
    }
  }

  private static void requireFraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], found " + value);
    }
  }

  /** Returns this entry with the end of its recovery. */
  public Recovery recovered(long atStep, Quality quality) {
    return new Recovery(step, epoch, sparsityBefore, sparsityAfter, before, after, atStep, quality);
  }

  /** Returns this entry as part of a longer run, so many steps and epochs after its begin. */
  public Recovery shifted(long steps, long epochs) {
    return new Recovery(
        step + steps,
        epoch + epochs,
        sparsityBefore,
        sparsityAfter,
        before,
        after,
        recoveredStep == null ? null : recoveredStep + steps,
        recovered);
  }
}
