package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HoyerTest {

  /** (|3| + |-4|) / 5; Hoyer's measure (√2 - 1.4) / (√2 - 1). */
  @Test
  void theRatioOfNorms() {
    assertEquals(1.4, Tensors.value(new Hoyer(1), Tensors.vector(3, -4)), 1e-12);
    assertEquals((Math.sqrt(2) - 1.4) / (Math.sqrt(2) - 1), Hoyer.sparseness(new float[] {3, -4}));
  }

  @Test
  void theSparsenessOfOneWeightIsOneAndOfEqualOnesZero() {
    assertEquals(1, Hoyer.sparseness(new float[] {0, 0, -7, 0}));
    assertEquals(0, Hoyer.sparseness(new float[] {2, -2, 2, -2}));
  }
}
