package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class PackedIndicesTest {

  @Test
  void packsFromTheLowestBit() {
    // 3 bits each, 5 = 101, 1 = 001, 6 = 110: 110 001 101.
    PackedIndices packed = PackedIndices.of(3, 5, 1, 6);
    assertArrayEquals(new long[] {0b110_001_101}, packed.words());
    assertEquals(6, packed.get(2));
    assertEquals(3, packed.size());
    assertEquals(3, packed.bits());
    assertNotEquals(packed, PackedIndices.of(3, 5, 1, 7));
    assertNotEquals(packed, PackedIndices.of(4, 5, 1, 6));
  }

  @Property(tries = 250, seed = "16")
  void givesBackWhatWasPacked(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 31) int bits,
      @ForAll @IntRange(min = 0, max = 150) int size) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] indices = new int[size];
    for (int i = 0; i < size; i++) {
      indices[i] = (int) (random.nextLong() & (1L << bits) - 1);
    }
    PackedIndices packed = PackedIndices.of(bits, indices);
    assertEquals((size * bits + 63) / 64, packed.words().length);
    assertEquals(packed, PackedIndices.ofWords(bits, size, packed.words().clone()));
    for (int i = 0; i < size; i++) {
      assertEquals(indices[i], packed.get(i));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IndexOutOfBoundsException.class, () -> PackedIndices.of(2, 1).get(1));
    assertThrows(IllegalArgumentException.class, () -> PackedIndices.of(32, 1));
    assertThrows(IllegalArgumentException.class, () -> PackedIndices.of(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> PackedIndices.ofWords(0, -1, new long[0]));
    assertRefused(
        "packed index 1: expected in [0, 2^2), found 4; pack with more bits",
        () -> PackedIndices.of(2, 3, 4));
    assertRefused(
        "packed index 0: expected in [0, 2^0), found -1; pack with more bits",
        () -> PackedIndices.of(0, -1));
    assertRefused(
        "packed indices: expected 2 words for 33 indices of 2 bits, found 1; pack the indices again",
        () -> PackedIndices.ofWords(2, 33, new long[1]));
    assertRefused(
        "packed indices, word 0: expected no bits past the last index, from bit 6 on, found 0x40; "
            + "pack the indices again",
        () -> PackedIndices.ofWords(2, 3, new long[] {0x40}));
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable packing) {
    assertEquals(message, assertThrows(InvalidInputException.class, packing).getMessage());
  }
}
