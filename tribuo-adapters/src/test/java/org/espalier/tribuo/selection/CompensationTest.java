package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Conjugate gradients against the normal equations, and what removal does to a network. */
class CompensationTest {

  private static final int EXAMPLES = 40;
  private static final int INPUTS = 5;

  /** Random features; the last is 2 x0 - 0.5 x2 + 0.25 plus noise. */
  private static TrainingSet data(double noise) {
    Random random = new Random(3);
    float[][] rows = new float[EXAMPLES][INPUTS];
    for (float[] row : rows) {
      for (int i = 0; i < INPUTS - 1; i++) {
        row[i] = (float) random.nextGaussian();
      }
      row[4] = (float) (2 * row[0] - 0.5 * row[2] + 0.25 + noise * random.nextGaussian());
    }
    return Tiny.set(rows, new Targets(new double[EXAMPLES][1], false));
  }

  private static Perceptron network() {
    Random random = new Random(4);
    double[][] input = new double[INPUTS][3];
    for (double[] row : input) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return new Perceptron(
        input, new double[3], new double[][] {{1, -1, 0.5}}, new double[1], false);
  }

  /** Gauss-Jordan elimination with pivots. */
  private static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    for (int c = 0; c < n; c++) {
      int pivot = c;
      for (int r = c; r < n; r++) {
        pivot = Math.abs(matrix[r][c]) > Math.abs(matrix[pivot][c]) ? r : pivot;
      }
      double[] row = matrix[c];
      matrix[c] = matrix[pivot];
      matrix[pivot] = row;
      double held = right[c];
      right[c] = right[pivot];
      right[pivot] = held;
      for (int r = 0; r < n; r++) {
        double factor = r == c ? 0 : matrix[r][c] / matrix[c][c];
        for (int k = 0; k < n; k++) {
          matrix[r][k] -= factor * matrix[c][k];
        }
        right[r] -= factor * right[c];
      }
    }
    for (int c = 0; c < n; c++) {
      right[c] /= matrix[c][c];
    }
    return right;
  }

  @Test
  void coefficientsSolveTheNormalEquations() {
    TrainingSet data = data(0.3);
    int[] others = {0, 2, 3};
    double[][] matrix = new double[4][4];
    double[] right = new double[4];
    for (int p = 0; p < EXAMPLES; p++) {
      float[] x = data.input(p);
      double[] z = {x[0], x[2], x[3], 1};
      for (int r = 0; r < 4; r++) {
        right[r] += z[r] * x[4];
        for (int c = 0; c < 4; c++) {
          matrix[r][c] += z[r] * z[c];
        }
      }
    }
    double[] expected = solve(matrix, right);
    double residual = 0;
    for (int p = 0; p < EXAMPLES; p++) {
      float[] x = data.input(p);
      double rest = x[4] - expected[3];
      for (int c = 0; c < 3; c++) {
        rest -= expected[c] * x[others[c]];
      }
      residual += rest * rest;
    }
    Perceptron network = network();
    network.remove(1);
    var solution = new Compensation(data.features()).solve(network, 4);
    assertArrayEquals(
        new double[] {expected[0], 0, expected[1], expected[2], 0, expected[3]},
        solution.coefficients(),
        1e-9);
    assertEquals(residual, solution.residual(), 1e-8);
  }

  @Test
  void removalOfADependentInputChangesNothing() {
    TrainingSet data = data(0);
    Perceptron network = network();
    Perceptron before = network();
    Compensation compensation = new Compensation(data.features());
    var solution = compensation.solve(network, 4);
    // Floats hold the dependent column to 7 digits.
    assertEquals(0, solution.residual(), 1e-10);
    Compensation.remove(network, 4, solution.coefficients());
    assertEquals(4, network.liveCount());
    double[][] a = new double[2][3];
    for (int p = 0; p < EXAMPLES; p++) {
      before.activate(data.input(p), a[0]);
      network.activate(data.input(p), a[1]);
      assertArrayEquals(a[0], a[1], 1e-6);
    }
  }

  @Test
  void copiesOfOneInputAreNoTrouble() {
    float[][] rows = {{1, 1, 1, 0, 2}, {-1, -1, -1, 1, 0}, {2, 2, 2, 0, 1}, {0, 0, 0, -1, 3}};
    TrainingSet data = Tiny.set(rows, new Targets(new double[4][1], false));
    var solution = new Compensation(data.features()).solve(network(), 0);
    assertEquals(0, solution.residual(), 1e-9);
    // The system is singular: the two copies share what one would take.
    assertEquals(0.5, solution.coefficients()[1], 1e-6);
    assertEquals(0.5, solution.coefficients()[2], 1e-6);
  }
}
