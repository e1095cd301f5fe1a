package org.espalier.hw.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NonNegativeFitTest {

  @Test
  void negativeCoefficientsBecomeZero() {
    double[][] identity = {{1, 0}, {0, 1}};
    assertArrayEquals(
        new double[] {3, 0}, NonNegativeFit.solve(identity, new double[] {3, -2}), 1e-9);
  }

  /**
   * Worked by hand. A line through (1, 1), (2, 2), (3, 2): slope = (1*(-1) + 2*0 + 2*1) / 2 = 1/2,
   * intercept = 5/3 - 2/2 = 2/3; both are positive, so the constraint does nothing.
   */
  @Test
  void withoutActiveConstraintsItIsLeastSquares() {
    double[][] line = {{1, 1}, {1, 2}, {1, 3}};
    assertArrayEquals(
        new double[] {2.0 / 3, 0.5}, NonNegativeFit.solve(line, new double[] {1, 2, 2}), 1e-8);
  }

  /** Worked by hand: (1, 3), (2, 2), (3, 1) fall, so the slope is 0 and the mean, 2, is left. */
  @Test
  void aFallingLineBecomesItsMean() {
    double[][] line = {{1, 1}, {1, 2}, {1, 3}};
    assertArrayEquals(
        new double[] {2, 0}, NonNegativeFit.solve(line, new double[] {3, 2, 1}), 1e-8);
  }

  /** A variable that enters early must leave again: checked against all subsets of variables. */
  @Test
  void agreesWithTheBestOfAllSubsets() {
    double[][] a = {{2, 1, 1}, {1, 2, 0.5}, {1, 1, 3}, {0.5, 2, 1}, {3, 0.1, 0.2}};
    double[] b = {4, 1, 9, 0.5, 7};
    double[] x = NonNegativeFit.solve(a, b);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= 60; i++) {
      for (int j = 0; j <= 60; j++) {
        for (int k = 0; k <= 60; k++) {
          best = Math.min(best, residual(a, b, new double[] {i * 0.1, j * 0.1, k * 0.1}));
        }
      }
    }
    double found = residual(a, b, x);
    // The grid has steps of 0.1, so it is a little worse than the solution, never better.
    assertEquals(true, found <= best + 1e-9 && best <= found + 0.1, found + " and " + best);
  }

  private static double residual(double[][] a, double[] b, double[] x) {
    double sum = 0;
    for (int row = 0; row < b.length; row++) {
      double error = -b[row];
      for (int i = 0; i < x.length; i++) {
        error += a[row][i] * x[i];
      }
      sum += error * error;
    }
    return sum;
  }

  /** Nine points lie on 3 + 2 t; one is ten times too slow. */
  @Test
  void anOutlierHardlyCounts() {
    double[][] terms = new double[10][];
    double[] times = new double[10];
    for (int i = 0; i < 10; i++) {
      terms[i] = new double[] {1, i * i};
      times[i] = 3 + 2.0 * i * i;
    }
    times[4] *= 10;
    double[] costs = NonNegativeFit.relative(terms, times);
    assertEquals(3, costs[0], 0.05);
    assertEquals(2, costs[1], 0.05);
  }
}
