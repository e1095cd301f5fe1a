package org.espalier.pruning.core.schedule;

import java.util.Map;

/**
 * Only when, not how much: for lifecycles that find out by themselves which weights live.
 *
 * @param timing when masks are decided
 */
public record Observe(Timing timing) implements Schedule {

  @Override
  public String type() {
    return "observe";
  }

  @Override
  public boolean hasTarget() {
    return false;
  }

  /** Returns 0: nothing is asked for. */
  @Override
  public double target() {
    return 0;
  }

  @Override
  public Map<String, Object> parameters() {
    return Schedule.parameters(timing);
  }
}
