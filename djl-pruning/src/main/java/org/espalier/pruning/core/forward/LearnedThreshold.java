package org.espalier.pruning.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Learned threshold pruning: layers see w sigmoid((w^2 / v - t) / temperature), where v is the
 * variance of the tensor's weights at the start and t is one trained number per tensor: the
 * threshold of w^2 in units of v, which keeps its learning rate free of the weights' scale. The
 * penalty is lambda times the sum of these sigmoids, a soft count of the living. Outside training
 * layers see w where w^2 > t v, else 0.
 *
 * <p>As in the paper, weights take the gradient of the product as if the sigmoid were constant, and
 * none of the penalty: else weights flee from the threshold, which then stands still.
 *
 * <p>Source: K. Azarian, Y. Bhalgat, J. Lee, T. Blankevoort, "Learned Threshold Pruning", 2020,
 * equations 3 to 9 (from memory, in other units).
 *
 * @param temperature relative to v, above 0
 * @param lambda price of a weight, at least 0
 * @param start t at the start, at least 0
 */
public record LearnedThreshold(double temperature, double lambda, double start) implements Learned {

  /** Refuses what is out of range. */
  public LearnedThreshold {
    Gates.require("temperature", temperature, 1e-9, 1e9);
    Gates.require("lambda", lambda, 0, Double.MAX_VALUE);
    Gates.require("start", start, 0, 1e6);
  }

  static LearnedThreshold read(Values values) {
    return new LearnedThreshold(
        values.number("temperature"), values.number("lambda"), values.number("start"));
  }

  @Override
  public String type() {
    return "learned-threshold";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("temperature", temperature);
    parameters.put("lambda", lambda);
    parameters.put("start", start);
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern, Schedule schedule) {
    Gates.requireSingles(type(), pattern);
  }

  /** Returns the variance of weights around their mean; 1 if all are equal. */
  public static double variance(float[] weights) {
    double sum = 0;
    double squares = 0;
    for (float weight : weights) {
      sum += weight;
      squares += (double) weight * weight;
    }
    double mean = sum / weights.length;
    double variance = squares / weights.length - mean * mean;
    return variance > 0 ? variance : 1;
  }

  /** Returns the sigmoid that multiplies a weight. */
  public double gate(double weight, double t, double variance) {
    return Gates.sigmoid((weight * weight / variance - t) / temperature);
  }
}
