package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of the storage table (algorithms A.3), computed there from the formulas by hand. */
class BreakEvenTest {

  private static double density(String format, int rows, int columns, int valueBytes) {
    return BreakEven.of(StorageRule.parse(format), rows, columns, valueBytes).density();
  }

  @ParameterizedTest
  @CsvSource({"256, 0.496, 0.664, 0.798", "1024, 0.332, 0.499, 0.666", "4096, 0.333, 0.500, 0.667"})
  void ofCsr(int n, double one, double two, double four) {
    assertEquals(one, density("csr", n, n, 1), 5e-4);
    assertEquals(two, density("csr", n, n, 2), 5e-4);
    assertEquals(four, density("csr", n, n, 4), 5e-4);
    assertEquals(density("csr", n, 2 * n, 4), density("csc", 2 * n, n, 4));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.875", "2, 0.9375", "4, 0.96875"})
  void ofBitmasks(int valueBytes, double density) {
    assertEquals(density, density("bitmask", 256, 256, valueBytes));
    assertEquals(density, density("bitmask", 4096, 1024, valueBytes));
  }

  /** COO, 256 x 256: v / (v + 2) exactly, rounded up to a count. */
  @Test
  void ofCoordinates() {
    assertEquals(Math.ceil(65536 / 3.0) / 65536, density("coo", 256, 256, 1));
    assertEquals(0.5, density("coo", 256, 256, 2));
    assertEquals(Math.ceil(65536 * 4 / 6.0) / 65536, density("coo", 256, 256, 4));
  }

  /** Blocks share an index: 256 x 256, 4x1 of floats: 64 x 256 blocks; B 17 + 65 * 2 = 262144. */
  @Test
  void ofBlocks() {
    int blocks = (262144 - 130) / 17;
    assertEquals((4 * blocks + 1) / 65536.0, density("bsr:4x1", 256, 256, 4));
    assertTrue(density("bsr:16x1", 256, 256, 1) > density("bsr:4x1", 256, 256, 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.625", "2, 0.5625", "4, 0.53125"})
  void ofTwoOfFour(int valueBytes, double ratio) {
    StorageRule rule = StorageRule.parse("2:4");
    assertEquals(0.5, rule.largestDensity());
    assertEquals(0.5, density("2:4", 64, 64, valueBytes));
    assertEquals(ratio, BreakEven.ratio(rule, 64, 64, 0.5, valueBytes));
    assertEquals(ratio, BreakEven.ratio(rule, 64, 64, 0.1, valueBytes));
    float[] none = new float[64 * 64];
    assertEquals(
        ratio * 64 * 64 * valueBytes, NmPacked.ofDense(none, 64, 64, 2, 4).bytes(valueBytes));
  }

  /** 7:8 of bytes: 7 bytes and 21 bits for 8 bytes never pay. */
  @Test
  void someFormatsNeverPay() {
    assertEquals(0, density("7:8", 64, 64, 1));
    assertEquals(0, density("csr", 100, 1, 1)); // 101 pointers for 100 bytes
  }

  /** The number is where bytes of real matrices cross: one entry less is smaller, it is not. */
  @ParameterizedTest
  @ValueSource(strings = {"coo", "csr", "csc", "bitmask"})
  void theNextEntryCrosses(String format) {
    for (int[] shape : new int[][] {{7, 300}, {300, 7}, {64, 64}, {1, 1000}, {33, 50}}) {
      int elements = shape[0] * shape[1];
      for (int valueBytes = 1; valueBytes <= 4; valueBytes++) {
        int kept = (int) Math.rint(density(format, shape[0], shape[1], valueBytes) * elements);
        long dense = (long) elements * valueBytes;
        assertTrue(matrix(format, shape, kept).bytes(valueBytes) >= dense);
        assertTrue(kept == 0 || matrix(format, shape, kept - 1).bytes(valueBytes) < dense);
      }
    }
  }

  private static SparseMatrix matrix(String format, int[] shape, int kept) {
    float[] dense = new float[shape[0] * shape[1]];
    java.util.Arrays.fill(dense, 0, kept, 1f);
    return switch (format) {
      case "coo" -> Coo.ofDense(dense, shape[0], shape[1]);
      case "csr" -> Csr.ofDense(dense, shape[0], shape[1]);
      case "csc" -> Csc.ofDense(dense, shape[0], shape[1]);
      default -> Bitmask.ofDense(dense, shape[0], shape[1]);
    };
  }

  @Test
  void tableForPeople() {
    List<BreakEven> table = BreakEven.table(256, 256);
    assertEquals(3 * StorageRule.usual().size(), table.size());
    assertTrue(
        table.stream()
            .map(BreakEven::toString)
            .toList()
            .contains("csr, 256 x 256, 4-byte values: smaller than dense below density 0.798"));
    assertTrue(table.stream().allMatch(row -> row.density() > 0 && row.density() < 1));
  }

  @Test
  void ratioOfARandomMatrix() {
    float[] dense = SparseMatrices.dense(2, 90, 100, 0.7);
    Csr csr = Csr.ofDense(dense, 90, 100);
    double density = csr.nonZeros() / 9000.0;
    assertEquals(
        csr.bytes(2) / 18000.0, BreakEven.ratio(StorageRule.parse("csr"), 90, 100, density, 2));
    assertEquals(1, BreakEven.ratio(StorageRule.parse("dense"), 90, 100, 0.3, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ellpack", "bsr:4", "bsr:0x1", "4:2", "0:4", "relative:0:64", "relative:4:0"})
  void unknownFormatsAreRefused(String text) {
    assertThrows(InvalidInputException.class, () -> StorageRule.parse(text));
  }

  @Test
  void refusesWhatDoesNotFit() {
    StorageRule csr = StorageRule.parse("csr");
    assertThrows(IllegalArgumentException.class, () -> csr.footprint(2, 2, 5));
    assertThrows(IllegalArgumentException.class, () -> csr.footprint(2, 2, -1));
    assertThrows(IllegalArgumentException.class, () -> BreakEven.of(csr, 0, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> BreakEven.ratio(csr, 2, 2, 1.1, 1));
    assertThrows(IllegalArgumentException.class, () -> BreakEven.ratio(csr, 2, 2, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Footprint(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Footprint(1, 0).bits(0));
  }
}
