package org.espalier.tribuo.selection;

/**
 * Proximal gradient descent on loss + decay / 2 |w|² + λ sqrt(hidden) Σᵢ ‖vᵢ‖, where vᵢ are the
 * weights from input i: a gradient step, then vᵢ ← max(0, 1 − η λ sqrt(hidden) / ‖vᵢ‖) vᵢ, which
 * sets whole inputs to exactly 0. Sources: M. Yuan and Y. Lin, "Model selection and estimation in
 * regression with grouped variables", J. Royal Statistical Society B 68 (2006), for the penalty; N.
 * Parikh and S. Boyd, "Proximal Algorithms", Foundations and Trends in Optimization 1 (2014),
 * sections 4.2 and 6.5.4, for the step.
 *
 * @param rate η
 * @param decay of weights, not of biases
 * @param penalty λ
 */
record ProximalStep(double rate, double decay, double penalty) implements Step {

  @Override
  public void apply(Perceptron network, Gradient gradient) {
    for (int k = 0; k < network.outputs(); k++) {
      descend(network.to(k), gradient.to(k), decay);
    }
    descend(network.hiddenBias(), gradient.hiddenBias(), 0);
    descend(network.outputBias(), gradient.outputBias(), 0);
    double threshold = rate * penalty * Math.sqrt(network.hidden());
    for (int i = 0; i < network.inputs(); i++) {
      if (network.isLive(i)) {
        double[] weights = network.from(i);
        descend(weights, gradient.from(i), decay);
        shrink(weights, threshold);
      }
    }
  }

  private void descend(double[] weights, double[] gradient, double penalized) {
    for (int j = 0; j < weights.length; j++) {
      weights[j] -= rate * (gradient[j] + penalized * weights[j]);
    }
  }

  /** Shortens a vector by the threshold, to zero if it is no longer than that. */
  static void shrink(double[] weights, double threshold) {
    double norm = norm(weights);
    double factor = norm <= threshold ? 0 : 1 - threshold / norm;
    for (int j = 0; j < weights.length; j++) {
      weights[j] *= factor;
    }
  }

  static double norm(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight * weight;
    }
    return Math.sqrt(sum);
  }
}
