package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsrTest {

  /** [ 0 5 0 ; 0 0 0 ; 7 0 -1 ]. */
  private static final float[] DENSE = {0, 5, 0, 0, 0, 0, 7, 0, -1};

  @Test
  void storesWhatIsNotZero() {
    Csr csr = Csr.ofDense(DENSE, 3, 3);
    assertArrayEquals(new int[] {0, 1, 1, 3}, csr.rowPointers());
    assertArrayEquals(new int[] {1, 0, 2}, csr.columnIndices());
    assertArrayEquals(new float[] {5, 7, -1}, csr.values());
    assertEquals(3, csr.nonZeros());
    csr.validate();
  }

  @Test
  void negativeZeroIsNotStoredAndNaNIs() {
    float nan = Float.intBitsToFloat(0x7fc12345);
    Csr csr = Csr.ofDense(new float[] {-0f, nan, Float.MIN_VALUE, 0f}, 2, 2);
    assertEquals(2, csr.nonZeros());
    float[] dense = csr.toDense();
    assertEquals(0, Float.floatToRawIntBits(dense[0]));
    assertEquals(0x7fc12345, Float.floatToRawIntBits(dense[1]));
    assertEquals(1, Float.floatToRawIntBits(dense[2]));
  }

  @Test
  void keepsExactlyWhatTheMaskKeeps() {
    float[] dense = {1, 0, 3, 4, -0f, 6};
    // The mask has the shape of the weight, the matrix is its view.
    Mask mask = Mask.ofBytes(new byte[] {0, 1, 0, 1, 1, 0}, 2, 3, 1);
    Csr csr = Csr.ofDense(dense, mask, 2, 3);
    assertArrayEquals(new int[] {0, 1, 3}, csr.rowPointers());
    assertArrayEquals(new int[] {1, 0, 1}, csr.columnIndices());
    assertEquals(0x80000000, Float.floatToRawIntBits(csr.values()[2]));
    csr.validate();
  }

  @Property(tries = 400, seed = "3")
  void roundTripsBitByBit(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns) {
    float[] dense = SparseMatrices.dense(seed, rows, columns, (seed & 7) / 7.0);
    Csr csr = Csr.ofDense(dense, rows, columns);
    csr.validate();
    float[] back = csr.toDense();
    assertEquals(dense.length, back.length);
    for (int i = 0; i < dense.length; i++) {
      assertEquals(Float.floatToRawIntBits(dense[i]), Float.floatToRawIntBits(back[i]));
    }
    assertEquals(csr, Csr.ofDense(dense, Mask.ofNonZeros(dense, rows, columns), rows, columns));
  }

  @Test
  void matricesMayBeEmpty() {
    Csr none = Csr.of(0, 5, new int[] {0}, new int[0], new float[0]);
    assertEquals(0, none.toDense().length);
    assertArrayEquals(new float[6], Csr.ofDense(new float[6], 2, 3).toDense());
    assertEquals(3, Csr.of(2, 0, new int[3], new int[0], new float[0]).bytes(4));
  }

  /**
   * Worked by hand: entries * (value bytes + column bytes) + (rows + 1) * pointer bytes. The widths
   * change where columns - 1, or the non-zeros, pass 255 and 65535.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 256, 255, 4, 1278", // 255 * (4 + 1) + 3 * 1
    "2, 256, 256, 4, 1286", // 256 * (4 + 1) + 3 * 2
    "2, 257, 256, 4, 1542", // 256 * (4 + 2) + 3 * 2
    "1, 65536, 65535, 4, 393214", // 65535 * 6 + 2 * 2
    "1, 65537, 65536, 2, 393224", // 65536 * (2 + 4) + 2 * 4
    "3, 1, 0, 4, 4", // nothing stored: 4 pointers of 1
  })
  void bytesFollowTheWidthRule(int rows, int columns, int nonZeros, int valueBytes, long bytes) {
    float[] dense = new float[rows * columns];
    Arrays.fill(dense, 0, nonZeros, 1f);
    assertEquals(bytes, Csr.ofDense(dense, rows, columns).bytes(valueBytes));
  }

  /** Each line breaks one invariant of the 3 x 3 matrix above. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows: expected at least 0, found -1                           | -1 | 3 | 0 1 1 3 | 1 0 2",
        "columns: expected at least 0, found -3                        | 3 | -3 | 0 1 1 3 | 1 0 2",
        "row pointers: expected 5 of them, found 4                     | 4 | 3 | 0 1 1 3 | 1 0 2",
        "column indices: expected 3, as many as values, found 2        | 3 | 3 | 0 1 1 3 | 1 0",
        "first row pointer: expected 0, found 1                        | 3 | 3 | 1 1 1 3 | 1 0 2",
        "row 1: expected an end at or after its start, 2, found 1      | 3 | 3 | 0 2 1 3 | 1 0 2",
        "last row pointer: expected 3, the number of non-zeros, found 2| 3 | 3 | 0 1 1 2 | 1 0 2",
        "last row pointer: expected 3, the number of non-zeros, found 4| 3 | 3 | 0 1 1 4 | 1 0 2",
        "row 2, entry 2: expected a column in [0, 3), found 3          | 3 | 3 | 0 1 1 3 | 1 0 3",
        "row 0, entry 0: expected a column in [0, 3), found -1         | 3 | 3 | 0 1 1 3 | -1 0 2",
        "row 2, entry 2: expected a column above 2, found 2            | 3 | 3 | 0 1 1 3 | 1 2 2",
        "row 2, entry 2: expected a column above 2, found 0            | 3 | 3 | 0 1 1 3 | 1 2 0",
      })
  void everyBrokenInvariantIsNamed(
      String message, int rows, int columns, String pointers, String indices) {
    float[] values = {5, 7, -1};
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> Csr.of(rows, columns, ints(pointers), ints(indices), values));
    assertEquals(
        "sparse rows (CSR), " + message + "; write the matrix again from its dense form",
        error.getMessage());
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Test
  void validationSeesLaterDamage() {
    Csr csr = Csr.ofDense(DENSE, 3, 3);
    csr.columnIndices()[0] = 9;
    assertThrows(InvalidInputException.class, csr::validate);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> Csr.ofDense(DENSE, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> Csr.ofDense(DENSE, -3, -3));
    assertThrows(IllegalArgumentException.class, () -> Csr.ofDense(DENSE, Mask.dense(8), 3, 3));
    assertThrows(IllegalArgumentException.class, () -> Csr.ofDense(DENSE, 3, 3).bytes(0));
    Csr huge = Csr.of(1, Integer.MAX_VALUE, new int[2], new int[0], new float[0]);
    assertThrows(IllegalStateException.class, huge::toDense);
  }
}
