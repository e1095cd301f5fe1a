package org.espalier.pruning.core.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CholeskyTest {

  @Test
  void aFactorByHand() {
    // L = [2; 6 1; -8 5 3], A = L Lᵀ; what is above the diagonal is not read
    double[][] a = {{4, Double.NaN, Double.NaN}, {12, 37, Double.NaN}, {-16, -43, 98}};
    // the columns (2, 13, 33) and (0, 3, 9)
    double[][] b = {{2, 0}, {13, 3}, {33, 9}};
    Cholesky.of(a).forward(b);
    // x_2 = (33 + 8 - 35) / 3 and (9 - 15) / 3
    assertArrayEquals(new double[][] {{1, 0}, {7, 3}, {2, -2}}, b);
  }

  @Test
  void solvesRandomSystems() {
    SplittableRandom random = new SplittableRandom(2);
    for (int n = 1; n < 20; n++) {
      double[][] a = positive(n, random);
      double[] x = random.doubles(n, -1, 1).toArray();
      double[] b = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          b[i] += a[i][j] * x[j];
        }
      }
      Cholesky.of(a).solve(b);
      assertArrayEquals(x, b, 1e-12 * n);
    }
  }

  /** I + B Bᵀ. */
  private static double[][] positive(int n, SplittableRandom random) {
    double[][] b = new double[n][];
    for (int i = 0; i < n; i++) {
      b[i] = random.doubles(n, -1, 1).toArray();
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = i == j ? 1 : 0;
        for (int k = 0; k < n; k++) {
          a[i][j] += b[i][k] * b[j][k];
        }
      }
    }
    return a;
  }

  @Test
  void whatIsNotPositiveDefiniteIsRefused() {
    assertThrows(ArithmeticException.class, () -> Cholesky.of(new double[][] {{1}, {2, 4}}));
    assertThrows(ArithmeticException.class, () -> Cholesky.of(new double[][] {{Double.NaN}}));
  }
}
