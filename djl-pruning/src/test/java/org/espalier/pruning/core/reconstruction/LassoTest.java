package org.espalier.pruning.core.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Coordinate descent on the products against coordinate descent on the data. */
class LassoTest {

  private final double[][] data = Rows.random(30, 5, 1);
  private final double[] target = new double[30];
  private final double[][] squares = new double[5][5];
  private final double[] cross = new double[5];

  LassoTest() {
    double[][] noise = Rows.random(30, 1, 2);
    for (int e = 0; e < 30; e++) {
      target[e] = 2 * data[e][0] - data[e][2] + 0.3 * data[e][3] + 0.1 * noise[e][0];
      for (int j = 0; j < 5; j++) {
        cross[j] += data[e][j] * target[e];
        for (int k = 0; k < 5; k++) {
          squares[j][k] += data[e][j] * data[e][k];
        }
      }
    }
  }

  @Test
  void equalsPlainCoordinateDescent() {
    for (double lambda : new double[] {0.001, 0.01, 0.05, 0.2}) {
      double[] beta = new double[5];
      new Lasso(squares, cross, 30).solve(lambda, beta);
      double[] plain = plain(lambda);
      for (int j = 0; j < 5; j++) {
        assertEquals(plain[j], beta[j], 1e-8);
      }
    }
  }

  private double[] plain(double lambda) {
    double[] beta = new double[5];
    for (int sweep = 0; sweep < 5000; sweep++) {
      for (int j = 0; j < 5; j++) {
        double inner = 0;
        double square = 0;
        for (int e = 0; e < 30; e++) {
          double rest = target[e];
          for (int k = 0; k < 5; k++) {
            rest -= k == j ? 0 : data[e][k] * beta[k];
          }
          inner += data[e][j] * rest / 30;
          square += data[e][j] * data[e][j] / 30;
        }
        beta[j] =
            inner > lambda
                ? (inner - lambda) / square
                : inner < -lambda ? (inner + lambda) / square : 0;
      }
    }
    return beta;
  }

  /** With one column: β = (q/N - λ) / (Q/N) = (6/2 - 1) / (8/2). */
  @Test
  void oneColumnByHand() {
    double[] beta = {0};
    Lasso lasso = new Lasso(new double[][] {{8}}, new double[] {6}, 2);
    lasso.solve(1, beta);
    assertEquals(0.5, beta[0], 1e-15);
    assertEquals(3, lasso.largest());
  }

  @Test
  void nothingIsLeftAtTheLargestLambda() {
    Lasso lasso = new Lasso(squares, cross, 30);
    double[] beta = {1, 1, 1, 1, 1};
    lasso.solve(lasso.largest(), beta);
    for (double b : beta) {
      assertEquals(0, Math.abs(b));
    }
    lasso.solve(0.99 * lasso.largest(), beta);
    assertTrue(beta[0] > 0);
  }
}
