package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class HostCopyTest {

  private static final float[] NEW = {6, 5, 4, -3, 2, 1};

  /** Writes twice: the first write finds out which way works, the second takes it. */
  private static void readAndWrite(NDArray array, float... expected) {
    HostCopy copy = new HostCopy(expected.length);
    copy.read(array);
    assertArrayEquals(expected, copy.values());
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < NEW.length; i++) {
        copy.values()[i] = NEW[i] + round;
      }
      copy.write(array);
      float[] now = array.toType(DataType.FLOAT32, true).toFloatArray();
      for (int i = 0; i < NEW.length; i++) {
        assertEquals(NEW[i] + round, now[i]);
      }
    }
  }

  @Test
  void memoryOfTheCpu() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(new float[] {1, 2, 3, 4, 5, Float.NaN}, new Shape(2, 3));
      NDArray view = array.reshape(6);
      readAndWrite(array, 1, 2, 3, 4, 5, Float.NaN);
      // The memory is still the array's own: views of it see the numbers.
      assertArrayEquals(array.toFloatArray(), view.toFloatArray());
    }
  }

  @Test
  void anotherTypeAndAnArrayWithGaps() {
    try (NDManager manager = NDManager.newBaseManager()) {
      readAndWrite(
          manager.create(new double[] {1, 2, 3, 4, 5, Double.NaN}), 1, 2, 3, 4, 5, Float.NaN);
      NDArray transposed =
          manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3)).transpose();
      readAndWrite(transposed, 1, 4, 2, 5, 3, 6);
    }
  }

  @Test
  void sumsOverDevices() {
    try (NDManager manager = NDManager.newBaseManager()) {
      HostCopy copy = new HostCopy(2);
      copy.read(manager.create(new float[] {1, 2}));
      copy.add(manager.create(new float[] {10, -5}));
      assertArrayEquals(new float[] {11, -3}, copy.values());
    }
  }
}
