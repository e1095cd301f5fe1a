package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every invariant of every format, broken one at a time: the message names the place. */
class FormatMessagesTest {

  private static void assertRefused(String message, Executable maker) {
    InvalidInputException error = assertThrows(InvalidInputException.class, maker);
    assertEquals(message + "; write the matrix again from its dense form", error.getMessage());
  }

  /** [ 0 5 0 ; 0 0 0 ; 7 0 -1 ]: rows 0 2 2, columns 1 0 2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows: expected at least 0, found -1                          | -1 | 3 | 0 2 2 | 1 0 2",
        "columns: expected at least 0, found -1                       | 3 | -1 | 0 2 2 | 1 0 2",
        "row indices: expected 3, as many as values, found 2          | 3 | 3 | 0 2 | 1 0 2",
        "column indices: expected 3, as many as values, found 4       | 3 | 3 | 0 2 2 | 1 0 2 2",
        "entry 0: expected a row in [0, 3), found -1                  | 3 | 3 | -1 2 2 | 1 0 2",
        "entry 2: expected a row in [0, 2), found 2                   | 2 | 3 | 0 1 2 | 1 0 2",
        "entry 1: expected a column in [0, 3), found 3                | 3 | 3 | 0 2 2 | 1 3 2",
        "entry 0: expected a column in [0, 3), found -4               | 3 | 3 | 0 2 2 | -4 0 2",
        "entry 2: expected a row from 2 on, found 1                   | 3 | 3 | 0 2 1 | 1 0 2",
        "entry 2: expected a column above 0, found 0                  | 3 | 3 | 0 2 2 | 1 0 0",
      })
  void ofCoordinates(String message, int rows, int columns, String rowIndices, String indices) {
    assertRefused(
        "coordinates (COO), " + message,
        () -> Coo.of(rows, columns, ints(rowIndices), ints(indices), new float[] {5, 7, -1}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows: expected at least 0, found -1                             | -1 | 3 | 0 1 2 3 | 2 0 2",
        "columns: expected at least 0, found -1                          | 3 | -1 | 0 1 2 3 | 2 0 2",
        "row indices: expected 3, as many as values, found 1             | 3 | 3 | 0 1 2 3 | 2",
        "column pointers: expected 3 of them, found 4                    | 3 | 2 | 0 1 2 3 | 2 0 2",
        "first column pointer: expected 0, found -1                      | 3 | 3 | -1 1 2 3 | 2 0 2",
        "column 1: expected an end at or after its start, 2, found 1     | 3 | 3 | 0 2 1 3 | 2 0 2",
        "last column pointer: expected 3, the number of non-zeros, found 2| 3 | 3 | 0 1 2 2 | 2 0 2",
        "column 2, entry 2: expected a row in [0, 3), found 3            | 3 | 3 | 0 1 2 3 | 2 0 3",
        "column 1, entry 2: expected a row above 2, found 2              | 3 | 3 | 0 1 3 3 | 2 2 2",
      })
  void ofColumns(String message, int rows, int columns, String pointers, String indices) {
    assertRefused(
        "sparse columns (CSC), " + message,
        () -> Csc.of(rows, columns, ints(pointers), ints(indices), new float[] {7, 5, -1}));
  }

  /** Blocks of 2 x 2 in a matrix of 4 x 5: at (0, 1) and (1, 0). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows: expected at least 0, found -4                               | -4 | 5 | 0 1 2 | 1 0 | 8",
        "columns: expected at least 0, found -5                            | 4 | -5 | 0 1 2 | 1 0 | 8",
        "values: expected 8, 2 blocks of 2x2, found 7                      | 4 | 5 | 0 1 2 | 1 0 | 7",
        "block row pointers: expected 4 of them, found 3                   | 5 | 5 | 0 1 2 | 1 0 | 8",
        "first block row pointer: expected 0, found 1                      | 4 | 5 | 1 1 2 | 1 0 | 8",
        "block row 1: expected an end at or after its start, 3, found 2    | 4 | 5 | 0 3 2 | 1 0 | 8",
        "last block row pointer: expected 2, the number of blocks, found 1 | 4 | 5 | 0 1 1 | 1 0 | 8",
        "block row 1, entry 1: expected a block column in [0, 3), found 3  | 4 | 5 | 0 1 2 | 1 3 | 8",
        "block row 0, entry 1: expected a block column above 1, found 1    | 4 | 5 | 0 2 2 | 1 1 | 8",
        "block row 1, block 1, value 1: expected 0 past the edge of the matrix, found 1.0"
            + " | 4 | 5 | 0 1 2 | 1 2 | 8",
        "block row 1, block 1, value 2: expected 0 past the edge of the matrix, found 1.0"
            + " | 3 | 5 | 0 1 2 | 1 0 | 8",
      })
  void ofBlocks(
      String message, int rows, int columns, String pointers, String indices, int stored) {
    float[] values = new float[stored];
    Arrays.fill(values, 1f);
    BlockShape shape = new BlockShape(2, 2);
    assertRefused(
        "sparse blocks (BSR), " + message,
        () -> Bsr.of(rows, columns, shape, ints(pointers), ints(indices), values));
  }

  @Test
  void ofBlockShapes() {
    for (int[] wrong : new int[][] {{0, 4}, {4, -1}, {1 << 16, 1 << 15}}) {
      InvalidInputException error =
          assertThrows(InvalidInputException.class, () -> new BlockShape(wrong[0], wrong[1]));
      assertEquals(
          "block shape: expected RxC with at least 1 row and 1 column, found %dx%d; write for example 4x1"
              .formatted(wrong[0], wrong[1]),
          error.getMessage());
    }
  }

  @Test
  void ofBitmasks() {
    float[] two = new float[2];
    assertRefused(
        "bitmask, rows: expected at least 0, found -1",
        () -> Bitmask.of(-1, 3, new long[] {3}, two));
    assertRefused(
        "bitmask, columns: expected at least 0, found -1",
        () -> Bitmask.of(3, -1, new long[] {3}, two));
    assertRefused(
        "bitmask, words: expected 2, a bit per element, found 1",
        () -> Bitmask.of(5, 13, new long[] {3}, two));
    assertRefused(
        "bitmask, word 0: expected no bits past the last element, from bit 6 on, found 0x41",
        () -> Bitmask.of(2, 3, new long[] {0x41}, two));
    assertRefused(
        "bitmask, values: expected 3, as many as bits are set, found 2",
        () -> Bitmask.of(2, 3, new long[] {7}, two));
  }

  /** One row of 8 columns, 2:4 unless the line says otherwise. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows: expected at least 0, found -1                                | -1 | 8 | 2:4 | 2 | 0 3 1 2 | 4",
        "columns: expected at least 0, found -8                             | 1 | -8 | 2:4 | 2 | 0 3 1 2 | 4",
        "N:M: expected 1 <= N <= M, found 0:4                               | 1 | 8 | 0:4 | 2 | 0 3 1 2 | 4",
        "N:M: expected 1 <= N <= M, found 5:4                               | 1 | 8 | 5:4 | 2 | 0 3 1 2 | 4",
        "values: expected 6, 2 of each 4 columns, found 4                   | 1 | 9 | 2:4 | 2 | 0 3 1 2 | 4",
        "positions: expected 4, as many as values, found 3                  | 1 | 8 | 2:4 | 2 | 0 3 1 | 4",
        "bits of a position: expected 2, enough for a group of 4, found 3   | 1 | 8 | 2:4 | 3 | 0 3 1 2 | 4",
        "row 0, group 1, value 1: expected a position in [0, 3), found 3    | 1 | 6 | 2:3 | 2 | 0 2 1 3 | 4",
        "row 0, group 1, value 1: expected a position above 2, found 2      | 1 | 8 | 2:4 | 2 | 0 3 2 2 | 4",
        "row 1, group 0, value 1: expected a position above 3, found 1      | 2 | 4 | 2:4 | 2 | 0 2 3 1 | 4",
        "row 0, group 1, value 0: expected 0 past the last column, found 1.0| 1 | 5 | 2:4 | 2 | 0 3 1 2 | 4",
      })
  void ofPackedGroups(
      String message, int rows, int columns, String ratio, int bits, String positions, int stored) {
    float[] values = new float[stored];
    Arrays.fill(values, 1f);
    int[] parts = Arrays.stream(ratio.split(":")).mapToInt(Integer::parseInt).toArray();
    PackedIndices packed = PackedIndices.of(bits, ints(positions));
    assertRefused(
        "packed N:M, " + message,
        () -> NmPacked.of(rows, columns, parts[0], parts[1], packed, values));
  }

  @Test
  void ofGroupsThatAreTooFull() {
    float[] dense = {1, 0, 0, 2, 3, 4, 5, 0};
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> NmPacked.ofDense(dense, 1, 8, 2, 4));
    assertEquals(
        "row 0, columns 4 to 7: expected at most 2 entries, for 2:4, found 3; "
            + "prune with the pattern 2:4, or store it as CSR",
        error.getMessage());
  }

  /** Fill can be far more than the matrix, and sizes must not wrap. */
  @Test
  void ofTooMuchFill() {
    int many = 1 << 30;
    float[] dense = new float[] {1, 0, 1, 0};
    assertRefused(
        "packed N:M, values: expected no more than an array holds, found 4294967296",
        () -> NmPacked.ofDense(dense, 4, 1, many, many));
    assertRefused(
        "sparse blocks (BSR), values: expected no more than an array holds, found 4294967294",
        () -> Bsr.ofDense(dense, 1, 4, new BlockShape(Integer.MAX_VALUE, 1)));
    int most = Integer.MAX_VALUE;
    assertRefused(
        "packed N:M, values: expected 4611686014132420609, 2147483647 of each 2147483647 columns, found 0",
        () -> NmPacked.of(most, most, most, most, PackedIndices.of(31), new float[0]));
  }

  /** 5 rows over 2 elements, 2 columns: element 0 has rows 0 2 4, element 1 has rows 1 3. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows: expected at least 0, found -5                               | -5 | 2 | 2 | 0 1 2 0 0 1 | 0 2 1 | 3",
        "columns: expected at least 0, found -1                            | 5 | -1 | 2 | 0 1 2 0 0 1 | 0 2 1 | 3",
        "processing elements: expected at least 1, found 0                 | 5 | 2 | 0 | 0 1 2 0 0 1 | 0 2 1 | 3",
        "processing elements: expected at most 715827879 for 2 columns, found 715827880"
            + " | 5 | 2 | 715827880 | 0 1 2 0 0 1 | 0 2 1 | 3",
        "runs: expected 3, as many as values, found 2                      | 5 | 2 | 2 | 0 1 2 0 0 1 | 0 2 | 3",
        "pointers: expected 6, columns + 1 per element, found 5            | 5 | 2 | 2 | 0 1 2 0 1 | 0 2 1 | 3",
        "element 1, first pointer: expected 0, found 1                     | 5 | 2 | 2 | 0 1 2 1 1 1 | 0 2 1 | 3",
        "element 0, column 1: expected an end at or after its start, 2, found 1"
            + " | 5 | 2 | 2 | 0 2 1 0 0 1 | 0 2 1 | 3",
        "element 1, column 0: expected at most 1, the entries left, found 2"
            + " | 5 | 2 | 2 | 0 1 2 0 2 2 | 0 2 1 | 3",
        "values: expected 2, the sum of the elements' last pointers, found 3"
            + " | 5 | 2 | 2 | 0 1 2 0 0 0 | 0 2 1 | 3",
        "element 0, column 1, entry 1: expected a run that ends in one of its 3 rows, found 3"
            + " | 5 | 2 | 2 | 0 1 2 0 0 1 | 0 3 1 | 3",
        "element 1, column 1, entry 2: expected a run that ends in one of its 2 rows, found 2"
            + " | 5 | 2 | 2 | 0 1 2 0 0 1 | 0 2 2 | 3",
        "element 0, column 0, entry 1: expected a run that ends in one of its 3 rows, found 3"
            + " | 5 | 2 | 2 | 0 2 2 0 0 1 | 0 2 1 | 3",
      })
  void ofRelativeIndices(
      String message,
      int rows,
      int columns,
      int elements,
      String pointers,
      String runs,
      int stored) {
    PackedIndices packed = PackedIndices.of(2, ints(runs));
    float[] values = new float[stored];
    assertRefused(
        "relative-index columns, " + message,
        () -> RelativeIndexCsc.of(rows, columns, elements, ints(pointers), packed, values));
  }

  @Test
  void ofRunsOfNoOrTooManyBits() {
    for (int bits : new int[] {0, 17}) {
      assertRefused(
          "relative-index columns, bits of a run: expected 1 to 16, found " + bits,
          () -> RelativeIndexCsc.ofDense(new float[4], 2, 2, 1, bits));
      assertRefused(
          "relative-index columns, bits of a run: expected 1 to 16, found " + bits,
          () -> RelativeIndexCsc.of(2, 2, 1, new int[3], PackedIndices.of(bits), new float[0]));
    }
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
