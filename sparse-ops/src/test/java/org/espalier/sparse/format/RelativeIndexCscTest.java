package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeIndexCscTest {

  private static int[] runs(RelativeIndexCsc matrix) {
    int[] runs = new int[matrix.entries()];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = matrix.runs().get(i);
    }
    return runs;
  }

  /**
   * The column of the paper (section 3): 0 0 1 2, 18 zeros, 3 becomes the values 1 2 0 3 with the
   * runs 2 0 15 2.
   */
  @Test
  void columnOfThePaper() {
    float[] dense = new float[23];
    dense[2] = 1;
    dense[3] = 2;
    dense[22] = 3;
    RelativeIndexCsc matrix = RelativeIndexCsc.ofDense(dense, 23, 1, 1, 4);
    assertArrayEquals(new float[] {1, 2, 0, 3}, matrix.values());
    assertArrayEquals(new int[] {2, 0, 15, 2}, runs(matrix));
    assertEquals(1, matrix.paddingEntries());
    assertEquals(3, matrix.nonZeros());
    assertArrayEquals(dense, matrix.toDense());
    // 4 entries of 4 bits, 2 pointers of 8 bits; with 4-bit values as in EIE 16 bits more.
    assertEquals(4 * 4 + 2 * 8, matrix.metadataBits());
    assertEquals(16 + 32, matrix.footprint().bits(4));
    assertEquals(4 * 4 + 2 + 2, matrix.bytes(4));
  }

  /**
   * A run of 15 needs no padding, one of 16 needs one that uses up all of it, 31 and 32 likewise.
   */
  @ParameterizedTest
  @CsvSource({"15, 0, 15", "16, 1, 0", "31, 1, 15", "32, 2, 0", "47, 2, 15"})
  void paddingUsesUpSixteenRows(int zeros, int padding, int lastRun) {
    float[] dense = new float[zeros + 1];
    dense[zeros] = 1;
    RelativeIndexCsc matrix = RelativeIndexCsc.ofDense(dense, zeros + 1, 1, 1, 4);
    assertEquals(padding, matrix.paddingEntries());
    assertEquals(padding + 1, matrix.entries());
    assertEquals(lastRun, matrix.runs().get(padding));
  }

  /** Rows 0 2 4 belong to element 0, rows 1 3 to element 1. */
  @Test
  void rowsAreInterleaved() {
    float[] dense = {
      1, 0, //
      0, 2, //
      0, 3, //
      4, 5, //
      6, 0
    };
    RelativeIndexCsc matrix = RelativeIndexCsc.ofDense(dense, 5, 2, 2, 4);
    assertArrayEquals(new float[] {1, 6, 3, 4, 2, 5}, matrix.values());
    assertArrayEquals(new int[] {0, 1, 1, 1, 0, 0}, runs(matrix));
    assertArrayEquals(new int[] {0, 2, 3, 0, 1, 3}, matrix.pointers());
    assertEquals(2, matrix.entries(0, 0));
    assertEquals(1, matrix.entries(0, 1));
    assertEquals(1, matrix.entries(1, 0));
    assertEquals(2, matrix.entries(1, 1));
    assertArrayEquals(dense, matrix.toDense());
    // 6 entries of 4 bits and 2 x 3 pointers of a byte.
    assertEquals(6 * 4 + 6 * 8, matrix.metadataBits());
  }

  /** The pointers widen with the fullest element, not with the matrix. */
  @Test
  void pointersCountWithinAnElement() {
    float[] dense = new float[2 * 200];
    java.util.Arrays.fill(dense, 1f);
    assertEquals(
        400 * 4 + 2 * 201 * 8, RelativeIndexCsc.ofDense(dense, 2, 200, 2, 4).metadataBits());
    assertEquals(400 * 4 + 201 * 16, RelativeIndexCsc.ofDense(dense, 2, 200, 1, 4).metadataBits());
  }

  /**
   * Entries per non-zero for slices of 64 rows, as expected of independent entries: 1.193, 1.561
   * and 1.129 at densities .09, .04 and .11; real padding of chance stays within 4 %.
   */
  @ParameterizedTest
  @CsvSource({"0.09, 0.193", "0.04, 0.561", "0.11, 0.129"})
  void paddingOfRandomMatricesIsAsExpected(double density, double padding) {
    float[] dense = SparseMatrices.dense(9, 256, 500, 1 - density);
    RelativeIndexCsc matrix = RelativeIndexCsc.ofDense(dense, 256, 500, 4, 4);
    assertEquals(padding, StorageRule.padding(density, 64, 4) / (density * 64), 5e-4);
    double measured = (double) matrix.entries() / matrix.nonZeros();
    assertEquals(1 + padding, measured, 0.04 * (1 + padding));
    assertEquals(matrix.entries() - matrix.nonZeros(), matrix.paddingEntries());
    Footprint expected = StorageRule.parse("relative:4:4").footprint(256, 500, matrix.nonZeros());
    assertEquals(1, (double) matrix.bytes(1) / expected.bytes(1), 0.03);
  }
}
