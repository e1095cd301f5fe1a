package org.espalier.examples.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One row of 1 x 2000, half pruned, times a vector. */
class ProductCheckTest {

  private static final int TERMS = 1000;
  private static final float[] EMPTY = {};

  private float[] weights = EMPTY;
  private float[] input = EMPTY;
  private final float[] forward = new float[1];
  private final float[] magnitudes = new float[1];

  @BeforeEach
  void multiply() {
    RandomOperands operands =
        RandomOperands.of(
            new BenchShape(1, 2 * TERMS, 1), SparsityPattern.parse("unstructured"), 0.5, 3);
    weights = operands.weights();
    input = operands.input();
    for (int i = 0; i < weights.length; i++) {
      forward[0] += weights[i] * input[i];
      magnitudes[0] += Math.abs(weights[i] * input[i]);
    }
  }

  @Test
  void anotherOrderOfTheSumPasses() {
    float[] backward = new float[1];
    for (int i = weights.length - 1; i >= 0; i--) {
      backward[0] += weights[i] * input[i];
    }
    ProductCheck.require(backward, forward, magnitudes, TERMS);
  }

  @Test
  void aMissingWeightIsFound() {
    int index = 0;
    while (Math.abs(weights[index] * input[index]) < 0.1) {
      index++;
    }
    float[] wrong = {forward[0] - weights[index] * input[index]};
    assertThrows(
        IllegalStateException.class, () -> ProductCheck.require(wrong, forward, magnitudes, TERMS));
  }

  @Test
  void aValueThatWasNeverWrittenIsFound() {
    float[] poisoned = {Float.NaN};
    assertThrows(
        IllegalStateException.class,
        () -> ProductCheck.require(poisoned, forward, magnitudes, TERMS));
  }
}
