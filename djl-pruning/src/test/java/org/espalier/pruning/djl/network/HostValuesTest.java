package org.espalier.pruning.djl.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HostValuesTest {

  /** Zeros of both signs, numbers that every type holds, infinity and NaN; over NaN. */
  @ParameterizedTest
  @CsvSource({"FLOAT32, false", "FLOAT32, true", "FLOAT16, false"})
  void bitsArriveInTheMemoryThatWasThere(DataType type, boolean trained) {
    float[] values = {-0f, 0f, -1.5f, 0.25f, Float.NEGATIVE_INFINITY, Float.NaN};
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.full(new Shape(2, 3), Float.NaN, DataType.FLOAT32);
      array = array.toType(type, true);
      array.setRequiresGradient(trained);
      NDArray view = array.stopGradient();
      int arrays = manager.getManagedArrays().size();
      HostValues.write(array, values, manager);
      assertArrayEquals(values, HostValues.read("w", array));
      assertArrayEquals(values, HostValues.read("w", view));
      assertEquals(-0f, HostValues.read("w", array)[0]);
      assertEquals(arrays, manager.getManagedArrays().size());
    }
  }

  @Test
  void aSingleValue() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(3f);
      HostValues.write(array, new float[] {-2}, manager);
      assertArrayEquals(new float[] {-2}, HostValues.read("w", array));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "INT64"})
  void whatFloatsDoNotHoldIsRefused(DataType type) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(2), type);
      InvalidInputException error =
          assertThrows(InvalidInputException.class, () -> HostValues.read("w", array));
      assertEquals("w", error.place());
    }
  }
}
