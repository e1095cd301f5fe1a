package org.espalier.pruning.core.schedule;

import java.util.Locale;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.InvalidInputException;

/**
 * When masks are decided: at {@code begin}, then every {@code every} units, and at {@code end}
 * itself, so that the target is always reached.
 *
 * @param unit what the other figures count
 * @param begin first decision, at least 0; 0 is before the first optimizer step
 * @param end last decision, at least {@code begin}; {@link #OPEN} = until training ends
 * @param every distance between decisions, at least 1
 */
public record Timing(Unit unit, long begin, long end, long every) {

  /** No end. */
  public static final long OPEN = Long.MAX_VALUE;

  /** What a timing counts. */
  public enum Unit {
    /** Optimizer steps. */
    STEP,
    /** Epochs; the decision falls before the first optimizer step of the epoch. */
    EPOCH;

    /** Returns the text form. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses an end before the begin and counts that are none. */
  public Timing {
    if (begin < 0) {
      throw error("begin", "at least 0", begin);
    }
    if (end < begin) {
      throw error("end", "at least begin = " + begin, end);
    }
    if (every < 1) {
      throw error("every", "at least 1", every);
    }
  }

  /** Returns the timing of a single decision. */
  public static Timing once(Unit unit, long at) {
    return new Timing(unit, at, at, 1);
  }

  /** Returns the moment as this timing counts it. */
  public long clock(TrainingTime time) {
    return unit == Unit.STEP ? time.step() : time.epoch();
  }

  /** Returns whether masks are decided at this count. */
  public boolean includes(long count) {
    return count == end || (count >= begin && count < end && (count - begin) % every == 0);
  }

  /** Returns whether masks are decided at this moment. */
  public boolean includes(TrainingTime time) {
    return (unit == Unit.STEP || time.firstOfEpoch()) && includes(clock(time));
  }

  /** Returns the share of the way from begin to end, clamped to [0, 1]; 1 if they are one. */
  public double progress(long count) {
    if (count >= end) {
      return 1;
    }
    return count <= begin ? 0 : (double) (count - begin) / (end - begin);
  }

  private static InvalidInputException error(String key, String expected, long found) {
    return new InvalidInputException(
        key, expected, Long.toString(found), "correct the schedule's " + key);
  }
}
