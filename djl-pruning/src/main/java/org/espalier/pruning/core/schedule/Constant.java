package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The same sparsity at every decision: masks are decided anew, the budget stays.
 *
 * @param target sparsity, in [0, 1)
 * @param timing when masks are decided
 */
public record Constant(double target, Timing timing) implements Schedule {

  /** Refuses what is no sparsity. */
  public Constant {
    Schedule.requireSparsity("target", target);
  }

  @Override
  public String type() {
    return "constant";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("target", target);
    parameters.putAll(Schedule.parameters(timing));
    return parameters;
  }
}
