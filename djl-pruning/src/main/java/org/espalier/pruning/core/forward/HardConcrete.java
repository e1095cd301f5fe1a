package org.espalier.pruning.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * L0 regularization: each unit of the pattern has a gate z, drawn anew for every forward pass in
 * training from the hard concrete distribution with location log alpha, which is trained:
 *
 * <pre>{@code
 * u ~ U(0, 1); s = sigmoid((log u - log(1 - u) + log alpha) / beta)
 * z = min(1, max(0, s (zeta - gamma) + gamma)); layers see w z
 * P(z != 0) = sigmoid(log alpha - beta log(-gamma / zeta))
 * penalty = (1 / examples) sum over gates of P(z != 0) (lambda n + decay / 2 sum of w^2)
 * }</pre>
 *
 * where n is the number of weights behind the gate, and beta = 2/3, gamma = -0.1, zeta = 1.1. The
 * loss that it is added to is the mean over a batch. Outside training z = min(1, max(0, sigmoid(log
 * alpha) (zeta - gamma) + gamma)), without noise.
 *
 * <p>Source: C. Louizos, M. Welling, D. Kingma, "Learning Sparse Neural Networks through L0
 * Regularization", ICLR 2018, equations 10 to 13 and appendix A (decay). Noise away from 0 and 1,
 * the range of log alpha and its start as in the authors' code L0_regularization (from memory).
 * There a linear layer has one gate per input (pattern {@code input-channel}) and a convolution one
 * per filter (pattern {@code channel}).
 *
 * @param lambda price of one weight, at least 0, to be divided by {@code examples}
 * @param examples number of training examples, at least 1
 * @param dropped probability 1 - sigmoid(log alpha) at the start, in (0, 1)
 * @param decay precision of the Gaussian prior of the weights, at least 0
 */
public record HardConcrete(double lambda, long examples, double dropped, double decay)
    implements Learned {

  /** Temperature of the gates. */
  public static final double BETA = 2.0 / 3;

  /** Left end of the stretched interval. */
  public static final double GAMMA = -0.1;

  /** Right end of the stretched interval. */
  public static final double ZETA = 1.1;

  /** The noise u lies in [this, 1 - this]. */
  public static final double NOISE_EDGE = 1e-6;

  /** log alpha is kept within plus or minus this after every step. */
  public static final double LIMIT = Math.log(100);

  /** log alpha starts with this standard deviation around log((1 - dropped) / dropped). */
  public static final double START_DEVIATION = 1e-2;

  /** log alpha + this is the logit of P(z != 0). */
  public static final double SHIFT = -BETA * Math.log(-GAMMA / ZETA);

  /** Refuses what is out of range. */
  public HardConcrete {
    Gates.require("lambda", lambda, 0, Double.MAX_VALUE);
    Gates.require("examples", examples, 1);
    Gates.require("dropped", dropped, 0.01, 0.99);
    Gates.require("decay", decay, 0, Double.MAX_VALUE);
  }

  static HardConcrete read(Values values) {
    return new HardConcrete(
        values.number("lambda"),
        values.integer("examples"),
        values.number("dropped"),
        values.number("decay"));
  }

  @Override
  public String type() {
    return "l0";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("lambda", lambda);
    parameters.put("examples", examples);
    parameters.put("dropped", dropped);
    parameters.put("decay", decay);
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern, Schedule schedule) {
    Gates.requireUnits(type(), pattern);
  }

  /** Returns where log alpha starts, before its deviation. */
  public double start() {
    return Math.log(1 - dropped) - Math.log(dropped);
  }

  /** Returns the gate z that a draw u makes. */
  public static double gate(double u, double logAlpha) {
    return stretched(Gates.sigmoid((Math.log(u) - Math.log(1 - u) + logAlpha) / BETA));
  }

  /** Returns the gate z outside training. */
  public static double settledGate(double logAlpha) {
    return stretched(Gates.sigmoid(logAlpha));
  }

  private static double stretched(double s) {
    return Math.min(1, Math.max(0, s * (ZETA - GAMMA) + GAMMA));
  }

  /** Returns P(z != 0). */
  public static double open(double logAlpha) {
    return Gates.sigmoid(logAlpha + SHIFT);
  }

  /**
   * Returns the penalty of one gate.
   *
   * @param weights how many weights are behind it
   * @param squares sum of their squares
   */
  public double penalty(double logAlpha, int weights, double squares) {
    return open(logAlpha) * price(weights, squares);
  }

  /** Returns the derivative of {@link #penalty} with respect to log alpha. */
  public double slope(double logAlpha, int weights, double squares) {
    double open = open(logAlpha);
    return open * (1 - open) * price(weights, squares);
  }

  private double price(int weights, double squares) {
    return (lambda * weights + decay / 2 * squares) / examples;
  }
}
