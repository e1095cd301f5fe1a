package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is derived by hand, against central differences of the loss and the outputs. */
class DerivativesTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientIsThatOfTheLoss(boolean softmax) {
    Perceptron network = Tiny.network(softmax);
    TrainingSet data = Tiny.data(softmax);
    Gradient gradient = new Gradient(network);
    gradient.compute(data, new int[] {4, 3, 2, 1, 0}, 0, 5);
    for (int i = 0; i < Tiny.INPUTS; i++) {
      compare(network, data, network.from(i), gradient.from(i));
    }
    for (int k = 0; k < Tiny.OUTPUTS; k++) {
      compare(network, data, network.to(k), gradient.to(k));
    }
    compare(network, data, network.hiddenBias(), gradient.hiddenBias());
    compare(network, data, network.outputBias(), gradient.outputBias());
  }

  private static void compare(
      Perceptron network, TrainingSet data, double[] weights, double[] gradient) {
    double h = 1e-5;
    for (int j = 0; j < weights.length; j++) {
      double held = weights[j];
      weights[j] = held + h;
      double above = network.loss(data);
      weights[j] = held - h;
      double below = network.loss(data);
      weights[j] = held;
      assertEquals((above - below) / (2 * h), gradient[j], 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void curvatureIsTheDiagonalOfTheHessian(boolean softmax) {
    Perceptron network = Tiny.network(softmax);
    TrainingSet data = Tiny.data(softmax);
    double[][] diagonal = new CellDamage(Curvature.EXACT).diagonal(network, data);
    double[] damages = new CellDamage(Curvature.EXACT).of(network, data);
    double h = 1e-3;
    double middle = network.loss(data);
    for (int i = 0; i < Tiny.INPUTS; i++) {
      double damage = 0;
      for (int j = 0; j < Tiny.HIDDEN; j++) {
        double held = network.from(i)[j];
        network.from(i)[j] = held + h;
        double above = network.loss(data);
        network.from(i)[j] = held - h;
        double below = network.loss(data);
        network.from(i)[j] = held;
        double second = (above - 2 * middle + below) / (h * h);
        assertEquals(second, diagonal[i][j], 1e-5);
        damage += 0.5 * second * held * held;
      }
      assertEquals(damage, damages[i], 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gaussNewtonIsTheHessianWhereErrorsAreZero(boolean softmax) {
    Perceptron network = Tiny.network(softmax);
    TrainingSet data = Tiny.data(softmax);
    // Targets that are the outputs themselves: the term of the units' own curvature is 0.
    double[][] answers = new double[data.size()][Tiny.OUTPUTS];
    double[] a = new double[Tiny.HIDDEN];
    for (int p = 0; p < answers.length; p++) {
      network.activate(data.input(p), a);
      network.answer(a, answers[p]);
    }
    TrainingSet solved = new TrainingSet(data.features(), new Targets(answers, softmax));
    double[][] exact = new CellDamage(Curvature.EXACT).diagonal(network, solved);
    double[][] other = new CellDamage(Curvature.GAUSS_NEWTON).diagonal(network, data);
    for (int i = 0; i < Tiny.INPUTS; i++) {
      for (int j = 0; j < Tiny.HIDDEN; j++) {
        assertEquals(exact[i][j], other[i][j], 1e-15);
        assertTrue(other[i][j] >= 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sensitivitiesAreDerivativesByTheInputs(boolean softmax) {
    Perceptron network = Tiny.network(softmax);
    TrainingSet data = Tiny.data(softmax);
    double[][][] differences = new double[data.size()][][];
    float h = 1f / 1024;
    for (int p = 0; p < data.size(); p++) {
      differences[p] = new double[Tiny.OUTPUTS][Tiny.INPUTS];
      double[] a = new double[Tiny.HIDDEN];
      for (int i = 0; i < Tiny.INPUTS; i++) {
        double[][] o = new double[2][Tiny.OUTPUTS];
        float[] x = data.input(p).clone();
        // What is really added after rounding to float.
        x[i] = data.input(p)[i] + h;
        double high = x[i];
        network.activate(x, a);
        network.answer(a, o[0]);
        x[i] = data.input(p)[i] - h;
        double low = x[i];
        network.activate(x, a);
        network.answer(a, o[1]);
        for (int k = 0; k < Tiny.OUTPUTS; k++) {
          differences[p][k][i] = (o[0][k] - o[1][k]) / (high - low);
        }
      }
      double[] o = new double[Tiny.OUTPUTS];
      network.activate(data.input(p), a);
      network.answer(a, o);
      double[][] derivatives = new double[Tiny.OUTPUTS][Tiny.INPUTS];
      Sensitivity.derivatives(network, a, o, derivatives);
      for (int k = 0; k < Tiny.OUTPUTS; k++) {
        for (int i = 0; i < Tiny.INPUTS; i++) {
          assertEquals(differences[p][k][i], derivatives[k][i], 2e-5);
        }
      }
    }
    compareVariances(differences, new Sensitivity().of(network, data));
  }

  private static void compareVariances(double[][][] differences, double[] variances) {
    for (int i = 0; i < Tiny.INPUTS; i++) {
      double most = 0;
      for (int k = 0; k < Tiny.OUTPUTS; k++) {
        double mean = 0;
        for (double[][] example : differences) {
          mean += example[k][i] / differences.length;
        }
        double squares = 0;
        for (double[][] example : differences) {
          squares += (example[k][i] - mean) * (example[k][i] - mean);
        }
        most = Math.max(most, squares / (differences.length - 1));
      }
      assertEquals(most, variances[i], 1e-4);
    }
  }
}
