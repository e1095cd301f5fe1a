package org.espalier.pruning.core.forward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Hard gates: layers see w 1[m > 0], one trained m per unit of the pattern. The step has no useful
 * derivative, so gradients of m pass through a {@link Surrogate} of it. The penalty is lambda times
 * the number of weights behind open gates, with the same surrogate.
 *
 * <p>Sources: Y. Bengio, N. Leonard, A. Courville, "Estimating or Propagating Gradients Through
 * Stochastic Neurons for Conditional Computation", 2013, section 4 (identity); X. Xiao, Z. Wang, S.
 * Rajasekaran, "AutoPrune: Automatic Network Pruning by Regularizing Auxiliary Parameters", NeurIPS
 * 2019, section 3 (leaky ReLU, softplus; there the gradient of m carries the sign of w in the place
 * of w, so that it does not vanish with the weight; from memory).
 *
 * @param surrogate what the step is replaced by when gradients pass
 * @param lambda price of a weight, at least 0
 * @param start m at the start
 */
public record HardGate(Surrogate surrogate, double lambda, double start) implements Learned {

  /** What gradients take for the step. */
  public enum Surrogate {
    /** m itself: slope 1. */
    IDENTITY,
    /** m within [-1, 1]: slope 1 there, else 0. */
    CLIPPED,
    /** Slope 1 above 0, else 0.01. */
    LEAKY_RELU,
    /** log(1 + exp(m)): slope sigmoid(m). */
    SOFTPLUS;

    /** Slope of the leaky part. */
    public static final double LEAK = 0.01;

    /** Returns the text form. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns all text forms. */
    static List<String> texts() {
      return Stream.of(values()).map(Surrogate::text).toList();
    }

    /** Returns whether the gradient of m carries the sign of w, not w. */
    public boolean bySign() {
      return this == LEAKY_RELU || this == SOFTPLUS;
    }

    /** Returns the slope at m. */
    public double slope(double m) {
      return switch (this) {
        case IDENTITY -> 1;
        case CLIPPED -> Math.abs(m) <= 1 ? 1 : 0;
        case LEAKY_RELU -> m > 0 ? 1 : LEAK;
        case SOFTPLUS -> Gates.sigmoid(m);
      };
    }
  }

  /** Refuses what is out of range. */
  public HardGate {
    Gates.require("lambda", lambda, 0, Double.MAX_VALUE);
    Gates.require("start", start, -1e3, 1e3);
  }

  static HardGate read(Values values) {
    String text = values.text("backward");
    Surrogate surrogate =
        Stream.of(Surrogate.values()).filter(s -> s.text().equals(text)).findFirst().orElseThrow();
    return new HardGate(surrogate, values.number("lambda"), values.number("start"));
  }

  @Override
  public String type() {
    return "gate";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("backward", surrogate.text());
    parameters.put("lambda", lambda);
    parameters.put("start", start);
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern, Schedule schedule) {
    Gates.requireUnits(type(), pattern);
  }
}
