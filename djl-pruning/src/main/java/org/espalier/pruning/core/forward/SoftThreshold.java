package org.espalier.pruning.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Soft threshold reparameterization: layers see sign(w) max(0, |w| - g(s)) with g the sigmoid and
 * one trained number s per tensor. Weights below the threshold are pruned. s moves by its gradient,
 * -g'(s) sum of sign(w) over |w| > g(s) times what comes from above, and by weight decay, which
 * pulls it from a very negative start up to 0, where the threshold is 1/2.
 *
 * <p>Source: A. Kusupati et al., "Soft Threshold Weight Reparameterization for Learnable Sparsity",
 * ICML 2020, equations 3 to 5; start -3200 for convolutions as in the authors' code (from memory).
 *
 * @param start s at the start; at -3200 the threshold is 0 and only decay moves it
 * @param decay added to the gradient of s, times s, besides the optimizer's own weight decay; at
 *     least 0
 */
public record SoftThreshold(double start, double decay) implements Learned {

  /** Refuses what is out of range. */
  public SoftThreshold {
    Gates.require("start", start, -1e6, 10);
    Gates.require("decay", decay, 0, Double.MAX_VALUE);
  }

  static SoftThreshold read(Values values) {
    return new SoftThreshold(values.number("start"), values.number("decay"));
  }

  @Override
  public String type() {
    return "str";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("start", start);
    parameters.put("decay", decay);
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern, Schedule schedule) {
    Gates.requireSingles(type(), pattern);
  }

  /** Returns what the layer sees. */
  public static double value(double weight, double s) {
    return Math.signum(weight) * Math.max(0, Math.abs(weight) - Gates.sigmoid(s));
  }
}
