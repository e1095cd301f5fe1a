package org.espalier.sparse.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

  @Test
  void countsExactly() {
    Mask mask = Mask.ofBytes(new byte[] {1, 0, 0, 2, 0, 1}, 2, 3);
    assertEquals(3, mask.keptCount());
    assertEquals(6, mask.elements());
    assertEquals(0.5, mask.sparsity());
    assertTrue(mask.isKept(3));
    assertFalse(mask.isKept(4));
    assertArrayEquals(new int[] {2, 3}, mask.shape());
    assertArrayEquals(new byte[] {1, 0, 0, 1, 0, 1}, mask.toBytes());
    assertArrayEquals(new float[] {1, 0, 0, 1, 0, 1}, mask.toFloats());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 127, 128, 1000})
  void denseMasksKeepEverythingAtRaggedSizes(int n) {
    Mask dense = Mask.dense(n);
    assertEquals(n, dense.keptCount());
    assertEquals(dense, Mask.ofBytes(dense.toBytes(), n));
    float[] values = new float[n];
    java.util.Arrays.fill(values, 3f);
    dense.applyTo(values);
    assertEquals(n, Mask.ofNonZeros(values, n).keptCount());
  }

  @Test
  void prunedWeightsBecomePositiveZeroWhateverTheyWere() {
    float[] values = {-1f, Float.NaN, Float.NEGATIVE_INFINITY, 4f};
    Mask.ofBytes(new byte[] {0, 0, 0, 1}, 4).applyTo(values);
    for (int i = 0; i < 3; i++) {
      assertEquals(0, Float.floatToRawIntBits(values[i]));
    }
    assertEquals(4f, values[3]);
  }

  @Test
  void negativeZeroIsZero() {
    assertEquals(1, Mask.ofNonZeros(new float[] {-0f, 0f, 1e-45f}, 3).keptCount());
  }

  @Test
  void subsetAndIntersection() {
    Mask a = Mask.ofBytes(new byte[] {1, 1, 0, 0}, 4);
    Mask b = Mask.ofBytes(new byte[] {1, 0, 1, 0}, 4);
    assertEquals(Mask.ofBytes(new byte[] {1, 0, 0, 0}, 4), a.and(b));
    assertTrue(a.and(b).isSubsetOf(a));
    assertFalse(a.isSubsetOf(b));
    assertNotEquals(a, b);
    assertNotEquals(Mask.dense(2, 2), Mask.dense(4));
    assertEquals(a.hashCode(), a.and(Mask.dense(4)).hashCode());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> Mask.ofBytes(new byte[5], 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Mask.dense(0));
    assertThrows(IllegalArgumentException.class, () -> Mask.dense(1 << 16, 1 << 16));
    assertThrows(IllegalArgumentException.class, () -> Mask.ofWords(new int[] {3}, new long[] {8}));
    assertThrows(IllegalArgumentException.class, () -> Mask.dense(4).and(Mask.dense(2, 2)));
    assertThrows(IndexOutOfBoundsException.class, () -> Mask.dense(4).isKept(4));
  }

  @Test
  void setsByHand() {
    Mask a = Mask.ofBytes(new byte[] {1, 1, 0, 0}, 2, 2);
    Mask b = Mask.ofBytes(new byte[] {1, 0, 1, 0}, 2, 2);
    assertArrayEquals(new byte[] {1, 0, 0, 0}, a.and(b).toBytes());
    assertArrayEquals(new byte[] {1, 1, 1, 0}, a.or(b).toBytes());
    assertArrayEquals(new byte[] {0, 1, 0, 0}, a.minus(b).toBytes());
  }
}
