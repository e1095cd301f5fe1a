package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;

/**
 * A threshold that rises along two slopes. At count t, with t_s the begin, t_r the ramp, t_e the
 * end and f the distance between decisions,
 *
 * <ul>
 *   <li>ε(t) = θ (t - t_s + 1) / f before t_r,
 *   <li>ε(t) = (θ (t_r - t_s + 1) + φ (t - t_r + 1)) / f from t_r on,
 *   <li>θ = 2 q f / (2 (t_r - t_s) + 3 (t_e - t_r)), φ = ramp_factor θ.
 * </ul>
 *
 * A unit lives if its score is above ε; with the criterion magnitude that is the published method.
 * Dead weights are not revived by it: use the lifecycle prune. With ramp_factor 1.5 the threshold
 * at the end is q, but for the two counts that the "+ 1" add.
 *
 * <p>Source: S. Narang, E. Elsen, G. Diamos, S. Sengupta, "Exploring Sparsity in Recurrent Neural
 * Networks", ICLR 2017, equation 1 and algorithm 1; checked against Intel Distiller's {@code
 * baidu_rnn_pruner.py}. The paper keeps a weight that equals the threshold.
 *
 * @param q what the threshold is to rise to: the 90th percentile of |w| in a trained dense model of
 *     this kind; positive
 * @param ramp count at which the steeper slope begins, between the timing's begin and end
 * @param rampFactor φ / θ, positive
 * @param limit sparsity that no tensor may exceed, in [0, 1)
 * @param timing when masks are decided; it must have an end
 */
public record TwoSlope(double q, long ramp, double rampFactor, double limit, Timing timing)
    implements Schedule {

  /** Refuses a timing without end or of one moment, a ramp outside of it, and what is no number. */
  public TwoSlope {
    requirePositive("q", q);
    requirePositive("ramp_factor", rampFactor);
    Schedule.requireSparsity("limit", limit);
    if (timing.end() == Timing.OPEN || timing.end() == timing.begin()) {
      throw new InvalidInputException(
          "end",
          "a count after the begin",
          timing.end() == Timing.OPEN ? "none" : Long.toString(timing.end()),
          "the slopes follow from begin, ramp and end");
    }
    if (ramp < timing.begin() || ramp > timing.end()) {
      throw new InvalidInputException(
          "ramp",
          "a count in [%d, %d], from begin to end".formatted(timing.begin(), timing.end()),
          Long.toString(ramp),
          "a quarter of the training is usual");
    }
  }

  private static void requirePositive(String key, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          key, "a positive number", Double.toString(value), "correct the schedule's " + key);
    }
  }

  @Override
  public String type() {
    return "two-slope";
  }

  @Override
  public double target() {
    return limit;
  }

  /** Returns ε, in the unit of the scores. */
  public double thresholdAt(long count) {
    long start = timing.begin();
    // θ / f and φ / f: the distance between decisions cancels out.
    double slope = 2 * q / (2.0 * (ramp - start) + 3.0 * (timing.end() - ramp));
    if (count < ramp) {
      return slope * (count - start + 1);
    }
    return slope * (ramp - start + 1) + rampFactor * slope * (count - ramp + 1);
  }

  @Override
  public Demand demandAt(Situation situation) {
    return new Demand.Threshold(thresholdAt(timing.clock(situation.time())), limit);
  }

  @Override
  public Demand utmost() {
    return new Demand.Threshold(thresholdAt(timing.end()), limit);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("q", q);
    parameters.put("ramp", ramp);
    parameters.put("ramp_factor", rampFactor);
    parameters.put("limit", limit);
    parameters.putAll(Schedule.parameters(timing));
    return parameters;
  }
}
