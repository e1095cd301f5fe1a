package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.pruning.core.WeightTensor;
import org.junit.jupiter.api.Test;

class StdMagnitudeTest {

  private static double[] score(float... values) {
    return StdMagnitude.INSTANCE
        .score(WeightTensor.of("w", new int[] {1, values.length}, values))
        .toDoubles();
  }

  @Test
  void magnitudeInPopulationStandardDeviations() {
    // mean 5, squared deviations 9 1 1 1 0 0 4 16 of 8: variance 4
    assertArrayEquals(new double[] {1, 2, 2, 2, 2.5, 2.5, 3.5, 4.5}, score(2, 4, 4, 4, 5, 5, 7, 9));
  }

  /** Numbers of src/test/python/criteria.py. */
  @Test
  void deviationsAreFromTheMeanNotFromZero() {
    double[] expected = {
      0.5888794857742998,
      1.4721987144357496,
      0.14721987144357496,
      0.2944397428871499,
      1.7666384573228995,
      0.5888794857742998
    };
    assertArrayEquals(expected, score(1, -2.5f, 0.25f, 0.5f, 3, -1), 1e-15);
  }

  /** No threshold q · 0 is above a weight. */
  @Test
  void aConstantTensorIsOutOfReach() {
    double infinity = Double.POSITIVE_INFINITY;
    assertArrayEquals(new double[] {infinity, infinity, infinity}, score(0.1f, 0.1f, 0.1f));
    assertArrayEquals(new double[] {0, 0}, score(0, 0));
  }
}
