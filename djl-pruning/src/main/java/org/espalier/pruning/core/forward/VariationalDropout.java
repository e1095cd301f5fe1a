package org.espalier.pruning.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Sparse variational dropout: each weight has a Gaussian posterior N(theta, sigma^2). Layers see a
 * draw theta + sigma eps in each forward pass of training; log sigma^2 is trained with theta (the
 * additive parameterization), and the penalty is the divergence from the log-uniform prior:
 *
 * <pre>{@code
 * log alpha = log sigma^2 - log(theta^2 + 1e-8), kept within [-8, 8]
 * -KL = k1 sigmoid(k2 + k3 log alpha) - log(1 + 1 / alpha) / 2 - k1
 * penalty = (weight / examples) sum of KL, weight rising from 0 to 1 in the first steps
 * }</pre>
 *
 * with k1 = 0.63576, k2 = 1.87320, k3 = 1.48695. The loss that it is added to is the mean over a
 * batch. Outside training layers see theta where log alpha is at most {@code threshold}, else 0.
 *
 * <p>Source: D. Molchanov, A. Ashukha, D. Vetrov, "Variational Dropout Sparsifies Deep Neural
 * Networks", ICML 2017, equations 11 and 14, section 4; bounds and start of log sigma^2 as in the
 * authors' code (from memory).
 *
 * <p>The paper samples the outputs of layers (local reparameterization), so that each example of a
 * batch has noise of its own. Here all examples of a batch see the same draw of the weights, as in
 * equation 5: unbiased as well, but gradients vary more.
 *
 * @param examples number of training examples, at least 1
 * @param warmup optimizer steps in which the weight of KL rises to 1, at least 0
 * @param threshold of log alpha above which a weight is pruned, in [-8, 8]
 * @param start log sigma^2 at the start
 */
public record VariationalDropout(long examples, long warmup, double threshold, double start)
    implements Learned {

  /** Constants of the approximation. */
  public static final double K1 = 0.63576;

  /** See {@link #K1}. */
  public static final double K2 = 1.87320;

  /** See {@link #K1}. */
  public static final double K3 = 1.48695;

  /** log alpha is kept within plus or minus this. */
  public static final double LIMIT = 8;

  /** Added to theta^2 before its logarithm. */
  public static final double TINY = 1e-8;

  /** Refuses what is out of range. */
  public VariationalDropout {
    Gates.require("examples", examples, 1);
    Gates.require("warmup", warmup, 0);
    Gates.require("threshold", threshold, -LIMIT, LIMIT);
    Gates.require("start", start, -50, 10);
  }

  static VariationalDropout read(Values values) {
    return new VariationalDropout(
        values.integer("examples"),
        values.integer("warmup"),
        values.number("threshold"),
        values.number("start"));
  }

  @Override
  public String type() {
    return "variational-dropout";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("examples", examples);
    parameters.put("warmup", warmup);
    parameters.put("threshold", threshold);
    parameters.put("start", start);
    return parameters;
  }

  @Override
  public void requireFits(SparsityPattern pattern, Schedule schedule) {
    Gates.requireSingles(type(), pattern);
  }

  /** Returns log alpha, not yet kept within its bounds. */
  public static double logAlpha(double theta, double logSigma2) {
    return logSigma2 - Math.log(theta * theta + TINY);
  }

  /** Returns the approximation of KL at a log alpha, at least 0. */
  public static double divergence(double logAlpha) {
    double a = Math.min(LIMIT, Math.max(-LIMIT, logAlpha));
    return K1 - K1 * Gates.sigmoid(K2 + K3 * a) + 0.5 * Math.log1p(Math.exp(-a));
  }

  /** Returns the derivative of {@link #divergence}; 0 outside of its bounds. */
  public static double slope(double logAlpha) {
    if (Math.abs(logAlpha) > LIMIT) {
      return 0;
    }
    double s = Gates.sigmoid(K2 + K3 * logAlpha);
    return -K1 * K3 * s * (1 - s) - 0.5 * Gates.sigmoid(-logAlpha);
  }

  /** Returns what KL is multiplied by in a step: its weight / examples. */
  public double scale(TrainingTime time) {
    double weight = warmup == 0 ? 1 : Math.min(1, (time.step() + 1.0) / warmup);
    return weight / examples;
  }
}
