package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * The test of variance nullity, for P = 11: chi-square with 10 degrees of freedom at 0.01 is 2.558.
 */
class VarianceNullityTest {

  @Test
  void lowVariancesGo() {
    VarianceNullity test = new VarianceNullity(11, 0.01, 0.1);
    assertEquals(2.558, test.critical(), 5e-4);
    assertEquals(2.0, test.statistic(0.02), 1e-12);
    // 10 * variance / 0.1 <= 2.558 up to a variance of 0.02558.
    assertEquals(2, test.of(new double[] {0.02, 0.0255, 0.0257, 3}));
    assertEquals(0.1, test.nullVariance());
  }

  @Test
  void nullVarianceGrowsUntilOneGoes() {
    VarianceNullity test = new VarianceNullity(11, 0.01, 1e-4);
    assertEquals(1, test.of(new double[] {0.02, 0.3, 5}));
    assertEquals(0.1, test.nullVariance(), 1e-12);
    assertEquals(1, test.of(new double[] {0.25, 0.3, 5}));
    assertEquals(1, test.nullVariance(), 1e-12);
  }
}
