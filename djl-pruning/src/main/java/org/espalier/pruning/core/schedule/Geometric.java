package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;

/**
 * Every decision prunes the same fraction of what lives: after the k-th, k from 1, the sparsity is
 * 1 - (1 - rate)^k, but never above the target. The target is reached at decision n = ceil(log(1 -
 * target) / log(1 - rate)); later decisions keep it.
 *
 * <p>Source: the iterative pruning of J. Frankle, M. Carbin, "The Lottery Ticket Hypothesis", ICLR
 * 2019, section 2: 20 % of the living weights per round.
 *
 * @param rate fraction of the living that each decision prunes, in (0, 1)
 * @param target sparsity that is never exceeded, in [0, 1)
 * @param timing when masks are decided; its end, if it has one, leaves enough decisions
 */
public record Geometric(double rate, double target, Timing timing) implements Schedule {

  /** Refuses what is no rate, no sparsity, and an end before the target is reached. */
  public Geometric {
    if (!(rate > 0 && rate < 1)) {
      throw new InvalidInputException(
          "rate",
          "a fraction in (0, 1)",
          Double.toString(rate),
          "0.2 prunes a fifth of what lives at every decision");
    }
    Schedule.requireSparsity("target", target);
    long last = timing.end() - timing.begin();
    // The end itself is a decision, also where "every" does not hit it.
    long decisions = 1 + (last / timing.every()) + (last % timing.every() == 0 ? 0 : 1);
    if (timing.end() != Timing.OPEN && sparsityAfter(decisions, rate) < target - 1e-12) {
      throw new InvalidInputException(
          "end",
          "an end that leaves enough decisions to reach the target " + target,
          "%d, %d decisions that reach %s"
              .formatted(timing.end(), decisions, sparsityAfter(decisions, rate)),
          "end later, decide more often, or raise the rate");
    }
  }

  private static double sparsityAfter(long decisions, double rate) {
    return 1 - Math.pow(1 - rate, decisions);
  }

  @Override
  public String type() {
    return "geometric";
  }

  @Override
  public double sparsityAt(long count) {
    if (count >= timing.end()) {
      return target;
    }
    return Math.min(target, sparsityAfter(1 + (count - timing.begin()) / timing.every(), rate));
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("rate", rate);
    parameters.put("target", target);
    parameters.putAll(Schedule.parameters(timing));
    return parameters;
  }
}
