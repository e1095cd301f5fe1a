package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All at once: one decision, at the target sparsity.
 *
 * @param target sparsity, in [0, 1)
 * @param unit what {@code at} counts
 * @param at the moment of the decision, at least 0
 */
public record OneShot(double target, Timing.Unit unit, long at) implements Schedule {

  /** Refuses what is no sparsity or no moment. */
  public OneShot {
    Schedule.requireSparsity("target", target);
    Timing.once(unit, at);
  }

  @Override
  public String type() {
    return "one-shot";
  }

  @Override
  public Timing timing() {
    return Timing.once(unit, at);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("target", target);
    parameters.put("at", at);
    parameters.put("unit", unit.text());
    return parameters;
  }
}
