package org.espalier.pruning.core;

/**
 * How good a network is, on some examples.
 *
 * @param accuracy fraction that it gets right, in [0, 1]
 * @param loss mean per example, or null where none is known; one that is not finite becomes null,
 *     so that a run that diverged still has its records
 */
public record Quality(double accuracy, Double loss) {

  /** Refuses an accuracy that is none. */
  public Quality {
    if (!(accuracy >= 0 && accuracy <= 1)) {
      throw new IllegalArgumentException("accuracy must be in [0, 1], found " + accuracy);
    }
    loss = loss != null && Double.isFinite(loss) ? loss : null;
  }

  /** An accuracy alone. */
  public Quality(double accuracy) {
    this(accuracy, null);
  }
}
