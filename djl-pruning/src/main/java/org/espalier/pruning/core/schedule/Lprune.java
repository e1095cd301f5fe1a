package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;

/**
 * Prunes the more, the more the network overfits: at every decision all units die whose score is at
 * most λ times the mean score of the living units of their tensor, λ = λ_max (1 - 1 / (1 + α GL)),
 * GL the generalization loss in percent ({@link
 * org.espalier.pruning.core.Validation#generalizationLoss}; taken as 0 where it is negative, which
 * only losses below zero can make it). Without validation λ is 0.
 *
 * <p>Source: L. Prechelt, "Connection pruning with static and adaptive pruning schedules",
 * Neurocomputing 16 (1997), method lprune, where scores are those of the criterion prechelt. The
 * formula and its constants 2/3 and 2 are quoted from memory of the paper.
 *
 * @param lambdaMax largest λ, in (0, 1]
 * @param alpha how fast λ rises with GL, positive
 * @param limit sparsity that no tensor may exceed, in [0, 1)
 * @param timing when masks are decided
 */
public record Lprune(double lambdaMax, double alpha, double limit, Timing timing)
    implements Schedule {

  /** Refuses what is out of range. */
  public Lprune {
    if (!(lambdaMax > 0 && lambdaMax <= 1)) {
      throw new InvalidInputException(
          "lambda_max", "a number in (0, 1]", Double.toString(lambdaMax), "2/3 is usual");
    }
    if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "alpha", "a positive number", Double.toString(alpha), "2 is usual");
    }
    Schedule.requireSparsity("limit", limit);
  }

  @Override
  public String type() {
    return "lprune";
  }

  @Override
  public double target() {
    return limit;
  }

  @Override
  public Demand demandAt(Situation situation) {
    double loss = Math.max(0, situation.validation().generalizationLoss());
    return new Demand.MeanFactor(lambdaMax * (1 - 1 / (1 + alpha * loss)), limit);
  }

  @Override
  public Demand utmost() {
    return new Demand.MeanFactor(lambdaMax, limit);
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("lambda_max", lambdaMax);
    parameters.put("alpha", alpha);
    parameters.put("limit", limit);
    parameters.putAll(Schedule.parameters(timing));
    return parameters;
  }
}
