package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.espalier.pruning.core.criterion.Lamp;
import org.espalier.pruning.core.criterion.Magnitude;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.Wanda;
import org.junit.jupiter.api.Test;

class NumbersTest {

  /** A difference that single precision does not hold. */
  private static final double ABOVE_ONE = 1 + 0x1p-40;

  @Test
  void floatsAreNotCopied() {
    float[] values = {1, 2};
    assertSame(values, Numbers.of(values).toFloats());
    assertEquals(2, Numbers.of(values).at(1));
    assertEquals(-1, Numbers.of(values).firstNotFinite());
  }

  @Test
  void doublesStayExact() {
    Numbers numbers = Numbers.of(ABOVE_ONE, Double.POSITIVE_INFINITY);
    assertEquals(ABOVE_ONE, numbers.at(0));
    assertArrayEquals(new float[] {1, Float.POSITIVE_INFINITY}, numbers.toFloats());
    assertEquals(1, numbers.firstNotFinite());
  }

  @Test
  void criteriaScoreDoubles() {
    WeightTensor tensor = WeightTensor.of("w", new int[] {1, 2}, Numbers.of(1, -ABOVE_ONE));
    assertArrayEquals(new double[] {1, ABOVE_ONE}, Magnitude.INSTANCE.score(tensor).toDoubles());
    WeightTensor ones =
        WeightTensor.of("w", new int[] {1, 2}, new float[] {1, 1})
            .with(Statistic.INPUT_NORM, Numbers.of(ABOVE_ONE, 1));
    assertArrayEquals(new double[] {ABOVE_ONE, 1}, Wanda.INSTANCE.score(ones).toDoubles());
  }

  @Test
  void lampIsTheSameForFloatsAndDoubles() {
    float[] floats = {0, -3, 1, 3, -0f, 2, 1};
    double[] doubles = {0, -3, 1, 3, -0d, 2, 1};
    int[] shape = {1, 7};
    assertArrayEquals(
        Lamp.INSTANCE.score(WeightTensor.of("w", shape, floats)).toDoubles(),
        Lamp.INSTANCE.score(WeightTensor.of("w", shape, Numbers.of(doubles))).toDoubles());
  }
}
