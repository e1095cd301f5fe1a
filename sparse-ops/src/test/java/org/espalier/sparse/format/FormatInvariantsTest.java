package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Damage to every element of every array is found, and no foreign array slips through. */
class FormatInvariantsTest {

  private static final int ROWS = 9;
  private static final int COLUMNS = 14;

  private static float[] dense(long seed) {
    return AllFormats.dense(seed, ROWS, COLUMNS, 0.5);
  }

  /** Numbers that fit nowhere in an array of indices or pointers of the small matrix. */
  private static void damageEach(int[] array, SparseMatrix matrix) {
    for (int i = 0; i < array.length; i++) {
      int sound = array[i];
      for (int damaged : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1000}) {
        array[i] = damaged;
        InvalidInputException error =
            assertThrows(InvalidInputException.class, matrix::validate, matrix + " at " + i);
        assertTrue(error.place().contains(", "), error.getMessage());
      }
      array[i] = sound;
    }
    matrix.validate();
  }

  @Test
  void indicesAndPointersOutOfRange() {
    float[] dense = dense(1);
    Coo coo = Coo.ofDense(dense, ROWS, COLUMNS);
    damageEach(coo.rowIndices(), coo);
    damageEach(coo.columnIndices(), coo);
    Csr csr = Csr.ofDense(dense, ROWS, COLUMNS);
    damageEach(csr.rowPointers(), csr);
    damageEach(csr.columnIndices(), csr);
    Csc csc = Csc.ofDense(dense, ROWS, COLUMNS);
    damageEach(csc.columnPointers(), csc);
    damageEach(csc.rowIndices(), csc);
    Bsr bsr = Bsr.ofDense(dense, ROWS, COLUMNS, new BlockShape(2, 3));
    damageEach(bsr.rowPointers(), bsr);
    damageEach(bsr.blockColumns(), bsr);
    RelativeIndexCsc relative = RelativeIndexCsc.ofDense(dense, ROWS, COLUMNS, 4, 1);
    damageEach(relative.pointers(), relative);
  }

  /** The order of two neighbours, and an index twice. */
  @Test
  void indicesOutOfOrder() {
    float[] dense = dense(2);
    Coo coo = Coo.ofDense(dense, ROWS, COLUMNS);
    Csr csr = Csr.ofDense(dense, ROWS, COLUMNS);
    for (int i = 1; i < csr.nonZeros(); i++) {
      if (coo.rowIndices()[i] == coo.rowIndices()[i - 1]) {
        disorder(csr.columnIndices(), i, csr);
        disorder(coo.columnIndices(), i, coo);
      } else {
        swap(coo.rowIndices(), i);
        assertThrows(InvalidInputException.class, coo::validate);
        swap(coo.rowIndices(), i);
      }
    }
    Csc csc = Csc.ofDense(dense, ROWS, COLUMNS);
    for (int column = 0; column < COLUMNS; column++) {
      for (int i = csc.columnPointers()[column] + 1; i < csc.columnPointers()[column + 1]; i++) {
        disorder(csc.rowIndices(), i, csc);
      }
    }
    Bsr bsr = Bsr.ofDense(dense, ROWS, COLUMNS, new BlockShape(3, 2));
    for (int row = 0; row < 3; row++) {
      for (int i = bsr.rowPointers()[row] + 1; i < bsr.rowPointers()[row + 1]; i++) {
        disorder(bsr.blockColumns(), i, bsr);
      }
    }
  }

  private static void disorder(int[] indices, int i, SparseMatrix matrix) {
    int sound = indices[i];
    indices[i] = indices[i - 1];
    assertThrows(InvalidInputException.class, matrix::validate, matrix.toString());
    indices[i] = sound;
    swap(indices, i);
    assertThrows(InvalidInputException.class, matrix::validate, matrix.toString());
    swap(indices, i);
    matrix.validate();
  }

  private static void swap(int[] array, int i) {
    int moved = array[i];
    array[i] = array[i - 1];
    array[i - 1] = moved;
  }

  @Test
  void everyBitOfABitmask() {
    Bitmask bitmask = Bitmask.ofDense(dense(3), ROWS, COLUMNS);
    assertEquals(2, bitmask.words().length); // 126 elements: 2 bits of the last word are unused
    for (int bit = 0; bit < 128; bit++) {
      bitmask.words()[bit >> 6] ^= 1L << bit;
      InvalidInputException error =
          assertThrows(InvalidInputException.class, bitmask::validate, "bit " + bit);
      assertEquals(bit < 126 ? "bitmask, values" : "bitmask, word 1", error.place());
      bitmask.words()[bit >> 6] ^= 1L << bit;
    }
    bitmask.validate();
  }

  @Test
  void everyPositionOfAPackedGroup() {
    // 14 columns: the last group of 5 reaches one past the matrix.
    float[] dense = new float[ROWS * COLUMNS];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = i % COLUMNS % 5 % 2 == 1 ? i : 0; // positions 1 and 3 of each group
    }
    NmPacked packed = NmPacked.ofDense(dense, ROWS, COLUMNS, 2, 5);
    for (int i = 0; i < packed.values().length; i++) {
      for (int position = 0; position < 8; position++) {
        int[] positions = positions(packed);
        positions[i] = position;
        boolean inside = i / 2 % 3 < 2 ? position < 5 : position < 4;
        boolean ascends = i % 2 == 0 ? position < positions[i + 1] : position > positions[i - 1];
        Supplier<NmPacked> matrix =
            () -> NmPacked.of(ROWS, COLUMNS, 2, 5, PackedIndices.of(3, positions), packed.values());
        if (inside && ascends) {
          matrix.get();
        } else {
          assertThrows(InvalidInputException.class, matrix::get, i + " to " + position);
        }
      }
    }
  }

  private static int[] positions(NmPacked packed) {
    int[] positions = new int[packed.positions().size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = packed.positions().get(i);
    }
    return positions;
  }

  @Test
  void valuesPastTheEdge() {
    float[] dense = new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Bsr bsr = Bsr.ofDense(dense, 3, 3, new BlockShape(2, 2));
    // Blocks row-major: 1 2 4 5 | 3 . 6 . | 7 8 . . | 9 . . .
    assertArrayEquals(new float[] {1, 2, 4, 5, 3, 0, 6, 0, 7, 8, 0, 0, 9, 0, 0, 0}, bsr.values());
    for (int i = 0; i < 16; i++) {
      float sound = bsr.values()[i];
      bsr.values()[i] = Float.NaN;
      if (sound == 0) {
        assertThrows(InvalidInputException.class, bsr::validate, "value " + i);
      } else {
        bsr.validate();
      }
      bsr.values()[i] = sound;
    }
    NmPacked packed = NmPacked.ofDense(new float[] {1, 2, 3}, 1, 3, 2, 2);
    packed.values()[3] = 5;
    InvalidInputException error = assertThrows(InvalidInputException.class, packed::validate);
    assertEquals("packed N:M, row 0, group 1, value 1", error.place());
    assertEquals("0 past the last column", error.expected());
  }

  /** Small arrays of chance: refused, or a sound matrix that keeps each value in its own place. */
  @Test
  void foreignArraysAreRefusedOrSound() {
    int[] accepted = new int[8];
    for (int seed = 0; seed < 3000; seed++) {
      List<Supplier<SparseMatrix>> makers = makers(new SplittableRandom(seed));
      for (int i = 0; i < accepted.length; i++) {
        SparseMatrix matrix;
        try {
          matrix = makers.get(i).get();
        } catch (InvalidInputException refused) {
          continue;
        }
        accepted[i]++;
        // The values differ and none is zero: as many in the dense form, so none met another.
        int stored = (int) matrix.footprint().values();
        assertEquals(stored, Entries.countOfValues(matrix.toDense()), matrix.toString());
        assertEquals(stored, matrix.nonZeros(), matrix.toString());
      }
    }
    for (int i = 0; i < accepted.length; i++) {
      assertTrue(accepted[i] > 50 && accepted[i] < 2500, i + ": " + accepted[i]);
    }
  }

  private static List<Supplier<SparseMatrix>> makers(SplittableRandom random) {
    int rows = random.nextInt(4);
    int columns = random.nextInt(4);
    int stored = random.nextInt(4);
    float[] values = new float[stored];
    for (int i = 0; i < stored; i++) {
      values[i] = i + 1;
    }
    int[] first = ints(random, random.nextBoolean() ? rows + 1 : stored);
    int[] second = ints(random, stored);
    int bits = 1 + random.nextInt(2);
    PackedIndices packed = PackedIndices.of(bits, random.ints(stored, 0, 1 << bits).toArray());
    long[] words = {random.nextInt(1 << random.nextInt(10))};
    BlockShape single = new BlockShape(1, 1);
    return List.of(
        () -> Coo.of(rows, columns, first, second, values),
        () -> Csr.of(rows, columns, first, second, values),
        () -> Csc.of(columns, rows, first, second, values),
        () -> Bitmask.of(rows, columns, words, values),
        () -> Bsr.of(rows, columns, single, first, second, values),
        () -> NmPacked.of(rows, columns, 1, 1 << bits, packed, values),
        () -> NmPacked.of(rows, columns, 2, (1 << bits) - (bits - 1), packed, values),
        () -> RelativeIndexCsc.of(columns, rows, 1, first, packed, values));
  }

  /** Mostly ascending from 0, as sound arrays are; some damaged. */
  private static int[] ints(SplittableRandom random, int length) {
    int[] ints = new int[length];
    for (int i = 1; i < length; i++) {
      ints[i] = ints[i - 1] + random.nextInt(3);
    }
    if (length > 0 && random.nextInt(4) == 0) {
      ints[random.nextInt(length)] = random.nextInt(7) - 2;
    }
    return ints;
  }
}
