package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class ObsTest {

  /** Three examples of five weights, of which the second is dead. */
  private static final float[] SAMPLES = {
    1, 9, -2, 0.5f, 3, 0.25f, 9, 1, -1, 2, -0.5f, 9, 0.75f, 2, 1
  };

  private static double[] score(double lambda, float... values) {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {1, 5}, values).with(Statistic.GRADIENT_SAMPLES, SAMPLES);
    return new Obs(lambda).score(tensor).toDoubles();
  }

  /** Numbers of src/test/python/criteria.py, which inverts the Hessian. */
  @Test
  void moreWeightsThanExamples() {
    double[] strong = {
      0.07096462480101498, 0, 1.9691210353703092, 3.9833457553458387, 1.0708329257096418
    };
    assertArrayEquals(strong, score(0.5, 0.5f, 0, -1.5f, 2, 0.75f), 1e-14);
    double[] weak = {
      0.00227990562647607, 0, 0.2009103318034125, 0.629992410881181, 0.15780776951749992
    };
    assertArrayEquals(weak, score(0.015625, 0.5f, 0, -1.5f, 2, 0.75f), 1e-14);
  }

  /** Numbers of the same script: weights 0 and 4 alone are alive. */
  @Test
  void fewerWeightsThanExamples() {
    double[] strong = {0.0929939516129032, 0, 0, 0, 1.153125};
    assertArrayEquals(strong, score(0.5, 0.5f, 0, 0, 0, 0.75f), 1e-14);
    double[] weak = {0.02994429574527253, 0, 0, 0, 0.6962048760775862};
    assertArrayEquals(weak, score(0.015625, 0.5f, 0, 0, 0, 0.75f), 1e-14);
  }

  @Test
  void lambdaIsPositive() {
    for (double lambda : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      InvalidInputException error =
          assertThrows(InvalidInputException.class, () -> new Obs(lambda));
      assertEquals("lambda", error.place());
    }
  }
}
