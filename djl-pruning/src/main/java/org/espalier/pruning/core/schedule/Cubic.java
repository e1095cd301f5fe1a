package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;

/**
 * Prunes fast while weights are plenty and slowly towards the end: s(t) = s_f + (s_i - s_f) (1 - (t
 * - t_0) / (n dt))^3.
 *
 * <p>Source: M. Zhu, S. Gupta, "To prune, or not to prune: exploring the efficacy of pruning for
 * model compression", 2017, equation 1. Here t_0 is {@code begin} and t_0 + n dt is {@code end}.
 * Not to be confused with the curve s_f f^3 that other tools call "cube", which bends the other
 * way.
 *
 * @param initial sparsity at the begin, in [0, 1)
 * @param target sparsity from the end on, in [0, 1)
 * @param timing when masks are decided; it must have an end
 */
public record Cubic(double initial, double target, Timing timing) implements Schedule {

  /** Refuses what is no sparsity, and a timing without end. */
  public Cubic {
    Schedule.requireSparsity("initial", initial);
    Schedule.requireSparsity("target", target);
    if (timing.end() == Timing.OPEN) {
      throw new InvalidInputException(
          "end", "a count", "none", "a cubic schedule must say when it reaches its target");
    }
  }

  @Override
  public String type() {
    return "cubic";
  }

  @Override
  public double sparsityAt(long count) {
    double left = 1 - timing.progress(count);
    return target + (initial - target) * left * left * left;
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("initial", initial);
    parameters.put("target", target);
    parameters.putAll(Schedule.parameters(timing));
    return parameters;
  }
}
