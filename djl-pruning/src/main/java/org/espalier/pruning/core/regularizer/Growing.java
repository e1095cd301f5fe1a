package org.espalier.pruning.core.regularizer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * R = λ(t)/2 Σ w² over the units of the group's pattern with the smallest Σ|w|, in each tensor all
 * but kept = floor((1 - sparsity) n + 0.5) of n units (of equal ones the lower index is kept). λ
 * grows with the steps t finished: λ(t) = min(ceiling, strength + delta floor(t / every)). The
 * units that are to go are driven to 0 little by little while the others take over; a one-shot
 * decision of the same sparsity then removes them at no loss.
 *
 * <p>Source: H. Wang, C. Qin, Y. Zhang, Y. Fu, "Neural Pruning via Growing Regularization", ICLR
 * 2021, section 3.2, GReg-1: there δ = 1e-4 every 10 iterations up to 1 (from memory). The paper
 * chooses the units once; here they are chosen from the weights as they are at each step, so that
 * nothing has to be remembered between steps and a resumed run goes on as it was: what is decayed
 * stays among the smallest, unless the data pull it back.
 *
 * @param strength λ before the first step, at least 0
 * @param delta what is added to λ each time, at least 0
 * @param every steps from one time to the next, at least 1
 * @param ceiling the largest λ, at least 0; rate times ceiling should be well below 1
 * @param sparsity fraction of units that are penalized, in [0, 1)
 */
public record Growing(double strength, double delta, long every, double ceiling, double sparsity)
    implements Separable {

  /** Refuses numbers out of range. */
  public Growing {
    Strength.require(strength);
    Strength.require("delta", delta);
    Strength.require("ceiling", ceiling);
    if (every < 1) {
      throw new InvalidInputException(
          "every", "at least 1 step", Long.toString(every), "10 is usual");
    }
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new InvalidInputException(
          "sparsity",
          "a fraction in [0, 1)",
          Double.toString(sparsity),
          "write the sparsity that the schedule will reach");
    }
  }

  @Override
  public String type() {
    return "growing";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("strength", strength);
    parameters.put("delta", delta);
    parameters.put("every", every);
    parameters.put("ceiling", ceiling);
    parameters.put("sparsity", sparsity);
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern) {
    Units.require(type(), pattern);
  }

  @Override
  public double value(Penalized tensor) {
    Units units = Units.of(tensor);
    double[] factors = factors(units, tensor);
    double[] lengths = units.lengths(tensor.weights());
    double sum = 0;
    for (int unit = 0; unit < factors.length; unit++) {
      sum += factors[unit] / 2 * lengths[unit] * lengths[unit];
    }
    return sum;
  }

  @Override
  public void addGradient(Penalized tensor, float[] gradient) {
    Units units = Units.of(tensor);
    units.addScaled(tensor.weights(), factors(units, tensor), gradient);
  }

  /** Returns λ(t) for the units that are to go, 0 for the others. */
  private double[] factors(Units units, Penalized tensor) {
    double lambda =
        Math.min(ceiling, strength + delta * Math.floorDiv(tensor.time().step(), every));
    double[] factors = units.sizes(tensor.weights());
    long[] kept = Scores.of(factors.clone()).largest((int) Counts.kept(sparsity, units.count()));
    for (int unit = 0; unit < factors.length; unit++) {
      factors[unit] = (kept[unit >> 6] >>> unit & 1) != 0 ? 0 : lambda;
    }
    return factors;
  }
}
