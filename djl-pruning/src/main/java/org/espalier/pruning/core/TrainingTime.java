package org.espalier.pruning.core;

/**
 * A moment of a training: optimizer steps and epochs finished so far. Gradient accumulation does
 * not count: k backward passes before one optimizer step are one step.
 *
 * @param step optimizer steps finished, at least 0
 * @param epoch epochs finished, at least 0
 * @param firstOfEpoch whether this is the first step of its epoch
 */
public record TrainingTime(long step, long epoch, boolean firstOfEpoch) {

  /** The moment before the first step. */
  public static final TrainingTime START = new TrainingTime(0, 0, true);

  /** Refuses negative counts. */
  public TrainingTime {
    if (step < 0 || epoch < 0) {
      throw new IllegalArgumentException("step " + step + " and epoch " + epoch + " are counts");
    }
  }

  /** Returns the moment after one more optimizer step. */
  public TrainingTime nextStep() {
    return new TrainingTime(step + 1, epoch, false);
  }

  /** Returns the moment after the end of the epoch. */
  public TrainingTime nextEpoch() {
    return new TrainingTime(step, epoch + 1, true);
  }
}
