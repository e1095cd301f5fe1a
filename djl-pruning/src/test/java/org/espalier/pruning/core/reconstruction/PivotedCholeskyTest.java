package org.espalier.pruning.core.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PivotedCholeskyTest {

  /** Gram-Schmidt on the columns themselves, the next pivot being the one with most left. */
  @Test
  void pivotsAndResidualsAreThoseOfQr() {
    double[][] data = Rows.random(30, 6, 1, row -> row[4] = 2 * row[1] - row[3]);
    PivotedCholesky factor = new PivotedCholesky(Rows.moments(data));
    double[][] left = new double[6][30];
    double[] norms = new double[6];
    for (int j = 0; j < 6; j++) {
      for (int e = 0; e < 30; e++) {
        left[j][e] = data[e][j];
      }
      norms[j] = Math.sqrt(dot(left[j], left[j]));
    }
    for (int step = 0; step < 5; step++) {
      int pivot = 0;
      for (int j = 0; j < 6; j++) {
        assertEquals(Math.sqrt(dot(left[j], left[j])) / norms[j], factor.residual(j), 1e-7);
        if (dot(left[j], left[j]) > dot(left[pivot], left[pivot])) {
          pivot = j;
        }
      }
      factor.pivot(pivot);
      double[] q = left[pivot].clone();
      double square = dot(q, q);
      for (int j = 0; j < 6; j++) {
        double share = dot(left[j], q) / square;
        for (int e = 0; e < 30; e++) {
          left[j][e] -= share * q[e];
        }
      }
    }
    for (int j = 0; j < 6; j++) {
      assertTrue(factor.residual(j) < 1e-7, "five pivots explain all six");
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** x_4 = 2 x_1 - x_3. */
  @Test
  void plantedCoefficientsAreFound() {
    double[][] data = Rows.random(30, 6, 2, row -> row[4] = 2 * row[1] - row[3]);
    PivotedCholesky factor = new PivotedCholesky(Rows.moments(data));
    for (int j : new int[] {1, 3, 0, 5}) {
      factor.pivot(j);
    }
    double[] found = factor.coefficients(4);
    double[] planted = {0, 2, 0, -1, 0, 0, 0};
    for (int j = 0; j < planted.length; j++) {
      assertEquals(planted[j], found[j], 1e-12);
    }
  }

  @Test
  void dependentFeaturesAreNoPivots() {
    double[][] data = Rows.random(30, 3, 3, row -> row[2] = row[0] + row[1]);
    PivotedCholesky factor = new PivotedCholesky(Rows.moments(data));
    factor.pivot(0);
    factor.pivot(1);
    factor.pivot(2);
    Moments moments = Rows.moments(data);
    double[] target = {
      moments.product(2, 0), moments.product(2, 1), moments.product(2, 2), moments.product(2, 3)
    };
    double[] found = factor.solve(target);
    assertEquals(1, found[0], 1e-12);
    assertEquals(1, found[1], 1e-12);
    assertEquals(0, found[2]);
  }
}
