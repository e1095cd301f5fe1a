package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class MaskEnforcerTest {

  private static final Mask MASK = Mask.ofBytes(new byte[] {1, 0, 0, 1, 0, 1}, 2, 3);

  private static void assertMasked(float[] values) {
    for (int i = 0; i < values.length; i++) {
      int expected = MASK.isKept(i) ? Float.floatToRawIntBits(-1f - i) : 0;
      assertEquals(expected, Float.floatToRawIntBits(values[i]), "entry " + i);
    }
  }

  private static NDArray weight(NDManager manager) {
    NDArray weight = manager.create(new float[] {-1, -2, -3, -4, -5, -6}, new Shape(2, 3));
    weight.setRequiresGradient(true);
    return weight;
  }

  @Test
  void bothWaysZeroBitForBit() {
    try (NDManager manager = NDManager.newBaseManager();
        NDArray first = weight(manager);
        NDArray second = weight(manager);
        MaskEnforcer memory = new MaskEnforcer.InMemory(MASK);
        MaskEnforcer device = new MaskEnforcer.OnDevice(MASK, second, manager)) {
      memory.enforce(first);
      assertMasked(first.toFloatArray());
      device.enforce(second);
      assertMasked(second.toFloatArray());
    }
  }

  @Test
  void memoryIsTakenWhereItReachesTheArray() {
    try (NDManager manager = NDManager.newBaseManager();
        NDArray contiguous = weight(manager);
        NDArray doubles = contiguous.toType(DataType.FLOAT64, true);
        NDArray wide = manager.create(new float[6], new Shape(3, 2));
        NDArray gaps = wide.transpose()) {
      assertInstanceOf(MaskEnforcer.InMemory.class, MaskEnforcer.of(MASK, contiguous, manager));
      MaskEnforcer forDoubles = MaskEnforcer.of(MASK, doubles, manager);
      assertInstanceOf(MaskEnforcer.OnDevice.class, forDoubles);
      forDoubles.enforce(doubles);
      assertEquals(-1.0, doubles.toDoubleArray()[0]);
      assertEquals(0.0, doubles.toDoubleArray()[1]);
      // A transposed array's buffer is a copy: writing there would change nothing.
      gaps.addi(1f);
      MaskEnforcer forGaps = MaskEnforcer.of(MASK, gaps, manager);
      assertInstanceOf(MaskEnforcer.OnDevice.class, forGaps);
      forGaps.enforce(gaps);
      assertEquals(3f, gaps.sum().getFloat());
    }
  }

  @Test
  void weightsThatAreNoNumbersAreZeroedInMemory() {
    try (NDManager manager = NDManager.newBaseManager();
        NDArray weight = weight(manager);
        MaskEnforcer memory = new MaskEnforcer.InMemory(MASK)) {
      try (NDArray alias = weight.stopGradient()) {
        alias.muli(Float.NaN);
      }
      memory.enforce(weight);
      float[] values = weight.toFloatArray();
      assertEquals(0, Float.floatToRawIntBits(values[1]));
      assertEquals(Float.NaN, values[0]);
    }
  }
}
