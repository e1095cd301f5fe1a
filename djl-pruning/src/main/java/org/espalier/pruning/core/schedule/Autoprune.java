package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;

/**
 * Prunes much at once, then little by little whenever the network overfits. The sparsities are the
 * rungs s_k = 1 - (1 - first) (1 - rate)^k of a ladder: a dense group goes to rung 0; later
 * decisions find the rung nearest to the group's sparsity and go one further if the generalization
 * loss ({@link org.espalier.pruning.core.Validation#generalizationLoss}) is above a bound, else
 * they stay on it, so that a decision that prunes nothing asks for just what the last one asked
 * for. The last rung is the limit.
 *
 * <p>Source: the method autoprune of W. Finnoff, F. Hergert, H. Zimmermann 1993, as L. Prechelt,
 * "Connection pruning with static and adaptive pruning schedules", Neurocomputing 16 (1997), gives
 * it: 35 % first, then 10 % of the remaining weights, by the criterion prechelt. Quoted from memory
 * of the paper; what calls for more pruning is there the stopping criterion of the training, here
 * the bound.
 *
 * @param first fraction that the first decision prunes, in (0, 1)
 * @param rate fraction of the living that each later decision prunes, in (0, 1)
 * @param generalizationLoss percent above which a later decision prunes, at least 0
 * @param limit sparsity that is never exceeded, in [0, 1)
 * @param timing when masks are decided
 */
public record Autoprune(
    double first, double rate, double generalizationLoss, double limit, Timing timing)
    implements Schedule {

  /** Refuses what is out of range. */
  public Autoprune {
    requireFraction("first", first);
    requireFraction("rate", rate);
    if (!(generalizationLoss >= 0 && generalizationLoss < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "generalization_loss",
          "percent, at least 0",
          Double.toString(generalizationLoss),
          "0 prunes whenever the validation loss is above its best");
    }
    Schedule.requireSparsity("limit", limit);
  }

  private static void requireFraction(String key, double value) {
    if (!(value > 0 && value < 1)) {
      throw new InvalidInputException(
          key,
          "a fraction in (0, 1)",
          Double.toString(value),
          "0.1 prunes a tenth of what lives at a decision");
    }
  }

  @Override
  public String type() {
    return "autoprune";
  }

  @Override
  public double target() {
    return limit;
  }

  @Override
  public Demand demandAt(Situation situation) {
    double sparsity = situation.sparsity();
    if (sparsity == 0) {
      return demand(0);
    }
    double density = 1 - Math.min(limit, sparsity);
    long rung = Math.max(0, Math.round(Math.log(density / (1 - first)) / Math.log(1 - rate)));
    if (Math.abs(limit - sparsity) < Math.abs(rung(rung) - sparsity)) {
      return new Demand.Sparsity(limit);
    }
    boolean more = situation.validation().generalizationLoss() > generalizationLoss;
    return demand(more ? rung + 1 : rung);
  }

  private Demand demand(long k) {
    return new Demand.Sparsity(Math.min(limit, rung(k)));
  }

  private double rung(long k) {
    return k == 0 ? first : 1 - (1 - first) * Math.pow(1 - rate, k);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("first", first);
    parameters.put("rate", rate);
    parameters.put("generalization_loss", generalizationLoss);
    parameters.put("limit", limit);
    parameters.putAll(Schedule.parameters(timing));
    return parameters;
  }
}
