package org.espalier.tribuo.selection;

/**
 * What the loss is expected to rise by if all weights from an input are set to 0, by the diagonal
 * of the Hessian: sᵢ = Σⱼ ½ hᵢⱼ vᵢⱼ². Source: T. Cibas, F. Fogelman Soulié, P. Gallinari and S.
 * Raudys, "Variable selection with neural networks", Neurocomputing 12 (1996), 223-248, Optimal
 * Cell Damage; the formula from memory. It sums the saliencies of Y. Le Cun, J. Denker and S.
 * Solla, "Optimal Brain Damage", NIPS 1989.
 *
 * <p>With one hidden layer the second derivative by the net input of hidden unit j is exactly (1 −
 * aⱼ²)² WⱼᵀHWⱼ − 2 aⱼ (1 − aⱼ²) ∂E/∂aⱼ, where H is I for squares and diag(o) − ooᵀ for softmax with
 * cross entropy. Times xᵢ², in the mean over the examples, it is hᵢⱼ.
 *
 * @param curvature whether the second term counts
 */
record CellDamage(Curvature curvature) implements InputScore {

  @Override
  public double[] of(Perceptron network, TrainingSet data) {
    double[][] diagonal = diagonal(network, data);
    double[] damages = new double[network.inputs()];
    for (int i = 0; i < damages.length; i++) {
      double[] weights = network.from(i);
      for (int j = 0; j < weights.length; j++) {
        damages[i] += 0.5 * diagonal[i][j] * weights[j] * weights[j];
      }
    }
    return damages;
  }

  /** Returns the second derivatives of the mean loss by the weights from inputs to hidden units. */
  double[][] diagonal(Perceptron network, TrainingSet data) {
    double[] a = new double[network.hidden()];
    double[] o = new double[network.outputs()];
    double[] curvatures = new double[network.hidden()];
    double[][] diagonal = new double[network.inputs()][network.hidden()];
    for (int p = 0; p < data.size(); p++) {
      float[] x = data.input(p);
      network.activate(x, a);
      network.answer(a, o);
      for (int j = 0; j < a.length; j++) {
        curvatures[j] = curvature(network, data.targets().row(p), a[j], j, o) / data.size();
      }
      for (int i = 0; i < x.length; i++) {
        double square = (double) x[i] * x[i];
        if (square != 0 && network.isLive(i)) {
          for (int j = 0; j < a.length; j++) {
            diagonal[i][j] += square * curvatures[j];
          }
        }
      }
    }
    return diagonal;
  }

  private double curvature(Perceptron network, double[] target, double a, int j, double[] o) {
    double squares = 0;
    double mean = 0;
    double slope = 0;
    for (int k = 0; k < o.length; k++) {
      double weight = network.to(k)[j];
      double share = network.softmax() ? o[k] : 1;
      squares += share * weight * weight;
      mean += share * weight;
      slope += (o[k] - target[k]) * weight;
    }
    double outer = network.softmax() ? squares - mean * mean : squares;
    double bend = 1 - a * a;
    double own = curvature == Curvature.EXACT ? -2 * a * bend * slope : 0;
    return bend * bend * outer + own;
  }
}
