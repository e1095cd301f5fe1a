package org.espalier.tribuo.selection;

/**
 * Adam with an l2 penalty in the loss. Source: D. Kingma and J. Ba, "Adam: A Method for Stochastic
 * Optimization", ICLR 2015, algorithm 1, with its β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
 */
final class Adam implements Step {

  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final double decay;
  private final double[][][] moments;
  private double power1 = 1;
  private double power2 = 1;

  /**
   * @param network whose shapes count
   * @param rate learning rate
   * @param decay of weights, not of biases
   */
  Adam(Perceptron network, double rate, double decay) {
    this.rate = rate;
    this.decay = decay;
    int hidden = network.hidden();
    int rows = network.inputs() + network.outputs();
    this.moments = new double[2][rows + 2][];
    for (double[][] moment : moments) {
      for (int r = 0; r < rows; r++) {
        moment[r] = new double[hidden];
      }
      moment[rows] = new double[hidden];
      moment[rows + 1] = new double[network.outputs()];
    }
  }

  @Override
  public void apply(Perceptron network, Gradient gradient) {
    power1 *= BETA_1;
    power2 *= BETA_2;
    int inputs = network.inputs();
    for (int i = 0; i < inputs; i++) {
      if (network.isLive(i)) {
        apply(i, network.from(i), gradient.from(i), decay);
      }
    }
    for (int k = 0; k < network.outputs(); k++) {
      apply(inputs + k, network.to(k), gradient.to(k), decay);
    }
    int rows = inputs + network.outputs();
    apply(rows, network.hiddenBias(), gradient.hiddenBias(), 0);
    apply(rows + 1, network.outputBias(), gradient.outputBias(), 0);
  }

  private void apply(int row, double[] weights, double[] gradient, double penalty) {
    double[] first = moments[0][row];
    double[] second = moments[1][row];
    for (int j = 0; j < weights.length; j++) {
      double g = gradient[j] + penalty * weights[j];
      first[j] = BETA_1 * first[j] + (1 - BETA_1) * g;
      second[j] = BETA_2 * second[j] + (1 - BETA_2) * g * g;
      weights[j] -=
          rate * (first[j] / (1 - power1)) / (Math.sqrt(second[j] / (1 - power2)) + EPSILON);
    }
  }
}
