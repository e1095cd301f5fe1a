package org.espalier.tribuo.selection;

/**
 * Proximal gradient descent with inertia on loss + decay / 2 |w|² + λ sqrt(hidden) Σᵢ ‖vᵢ‖, where
 * vᵢ are the weights from input i: w ← prox(w − η g + β (w − w′)), with w′ the weights one step
 * before. The proximal map shortens every vᵢ by η λ sqrt(hidden), to exactly 0 if it is no longer
 * than that. Sources: M. Yuan and Y. Lin, "Model selection and estimation in regression with
 * grouped variables", J. Royal Statistical Society B 68 (2006), for the penalty; P. Ochs, Y. Chen,
 * T. Brox and T. Pock, "iPiano: Inertial Proximal Algorithm for Nonconvex Optimization", SIAM J.
 * Imaging Sciences 7 (2014), algorithm 1, for the step.
 */
final class ProximalStep implements Step {

  private static final double INERTIA = 0.9;

  private final double rate;
  private final double decay;
  private final double[][] moves;
  private double penalty;

  /**
   * @param network whose shapes count
   * @param rate η
   * @param decay of weights, not of biases
   */
  ProximalStep(Perceptron network, double rate, double decay) {
    this.rate = rate;
    this.decay = decay;
    int rows = network.inputs() + network.outputs();
    this.moves = new double[rows + 2][network.hidden()];
    moves[rows + 1] = new double[network.outputs()];
  }

  /**
   * @param lambda λ from now on
   */
  void setPenalty(double lambda) {
    penalty = lambda;
  }

  @Override
  public void apply(Perceptron network, Gradient gradient) {
    int inputs = network.inputs();
    double threshold = rate * penalty * Math.sqrt(network.hidden());
    for (int i = 0; i < inputs; i++) {
      descend(i, network.from(i), gradient.from(i), decay, threshold);
    }
    for (int k = 0; k < network.outputs(); k++) {
      descend(inputs + k, network.to(k), gradient.to(k), decay, 0);
    }
    int rows = inputs + network.outputs();
    descend(rows, network.hiddenBias(), gradient.hiddenBias(), 0, 0);
    descend(rows + 1, network.outputBias(), gradient.outputBias(), 0, 0);
  }

  private void descend(
      int row, double[] weights, double[] gradient, double penalized, double threshold) {
    double[] move = moves[row];
    double[] before = weights.clone();
    for (int j = 0; j < weights.length; j++) {
      weights[j] += INERTIA * move[j] - rate * (gradient[j] + penalized * weights[j]);
    }
    if (threshold > 0) {
      shrink(weights, threshold);
    }
    for (int j = 0; j < weights.length; j++) {
      move[j] = weights[j] - before[j];
    }
  }

  /** Shortens a vector by the threshold, to zero if it is no longer than that. */
  static void shrink(double[] weights, double threshold) {
    double norm = norm(weights);
    for (int j = 0; j < weights.length; j++) {
      weights[j] = norm <= threshold ? 0 : weights[j] * (1 - threshold / norm);
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
