package org.espalier.pruning.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Continuous sparsification: layers see w sigmoid(beta s), one trained s per unit of the pattern;
 * beta rises from 1 to its final value exponentially, so that the sigmoid becomes a step. The
 * penalty is lambda times the sum of sigmoid(beta s) over all weights. Outside training layers see
 * w where s > 0, else 0.
 *
 * <p>Source: P. Savarese, H. Silva, M. Maire, "Winning the Lottery with Continuous Sparsification",
 * NeurIPS 2020, equations 5 to 7 and section 3.3. There beta changes by epoch and every weight has
 * an s of its own.
 *
 * @param end optimizer steps after which beta has its final value, at least 1
 * @param beta final, at least 1
 * @param lambda price of a weight, at least 0
 * @param start s at the start: the lower, the sparser
 */
public record Continuous(long end, double beta, double lambda, double start) implements Learned {

  /** Refuses what is out of range. */
  public Continuous {
    Gates.require("end", end, 1);
    Gates.require("beta", beta, 1, 1e6);
    Gates.require("lambda", lambda, 0, Double.MAX_VALUE);
    Gates.require("start", start, -1e3, 1e3);
  }

  static Continuous read(Values values) {
    return new Continuous(
        values.integer("end"),
        values.number("beta"),
        values.number("lambda"),
        values.number("start"));
  }

  @Override
  public String type() {
    return "continuous";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("end", end);
    parameters.put("beta", beta);
    parameters.put("lambda", lambda);
    parameters.put("start", start);
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern, Schedule schedule) {
    Gates.requireUnits(type(), pattern);
  }

  /** Returns beta in a step. */
  public double betaAt(TrainingTime time) {
    return Math.pow(beta, Math.min(1, (double) time.step() / end));
  }

  /** Returns the derivative of sigmoid(beta s) with respect to s. */
  public static double slope(double beta, double s) {
    double gate = Gates.sigmoid(beta * s);
    return beta * gate * (1 - gate);
  }
}
