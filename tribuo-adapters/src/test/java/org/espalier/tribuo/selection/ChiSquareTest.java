package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values of printed tables: M. Abramowitz and I. Stegun, table 26.8, and NIST's handbook 1.3.6.7.4.
 */
class ChiSquareTest {

  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 3.841",
    "0.99, 1, 6.635",
    "0.01, 1, 0.000157",
    "0.95, 10, 18.307",
    "0.05, 10, 3.940",
    "0.01, 10, 2.558",
    "0.99, 30, 50.892",
    "0.01, 30, 14.953",
    "0.01, 100, 70.065",
    "0.99, 100, 135.807"
  })
  void quantilesAreThoseOfTables(double p, int freedom, double expected) {
    assertEquals(expected, ChiSquare.quantile(p, freedom), expected < 0.001 ? 5e-7 : 5.01e-4);
  }

  @Test
  void twoDegreesOfFreedomAreExponential() {
    // P(X > x) = exp(-x / 2).
    for (double p : new double[] {1e-6, 0.1, 0.5, 0.9, 1 - 1e-6}) {
      assertEquals(-2 * Math.log(1 - p), ChiSquare.quantile(p, 2), 1e-9);
    }
  }

  @Test
  void manyDegreesOfFreedomFollowWilsonAndHilferty() {
    // E. Wilson and M. Hilferty, PNAS 17 (1931): n (1 - 2/(9n) + z sqrt(2/(9n)))^3, z at 0.01.
    int n = 60_000;
    double t = 2 / (9.0 * n);
    double expected = n * Math.pow(1 - t - 2.3263478740408408 * Math.sqrt(t), 3);
    assertEquals(expected, ChiSquare.quantile(0.01, n), 0.01);
  }
}
