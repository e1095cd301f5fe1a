package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatBytesTest {

  /** The matrix of algorithms.md U4: rows 0 2 3 5 6, columns 1 3 2 0 1 3. */
  private static final Mask EXAMPLE =
      Mask.ofNonZeros(new float[] {0, 3, 0, 7, 0, 0, 8, 0, 2, 5, 0, 0, 0, 0, 0, 9}, 4, 4);

  @ParameterizedTest
  @CsvSource({
    // U5: CSR 35, 23, 17 bytes against 64, 32, 16 dense. COO: 6 (v + 2).
    "4, 64, 36, 35",
    "2, 32, 24, 23",
    "1, 16, 18, 17"
  })
  void exampleOfFourByFour(int valueBytes, long dense, long coo, long csr) {
    Map<String, Long> bytes = FormatBytes.of(EXAMPLE, valueBytes);
    assertEquals(dense, bytes.get("dense"));
    assertEquals(coo, bytes.get("coo"));
    assertEquals(csr, bytes.get("csr"));
    assertEquals(csr, bytes.get("csc"), "a square matrix");
    assertEquals(6L * valueBytes + 2, bytes.get("bitmask"));
    // No group of 4 in a row has more than 2: 8 values and 16 bits of metadata.
    assertEquals(8L * valueBytes + 2, bytes.get("2:4"));
    // Every column and every row has a non-zero: 4 blocks, each with 1 byte of index.
    assertEquals(4 * (4L * valueBytes + 1) + 2, bytes.get("bsr:4x1"));
    assertEquals(4 * (4L * valueBytes + 1) + 5, bytes.get("bsr:1x4"));
    assertEquals(16L * valueBytes + 1 + 2, bytes.get("bsr:4x4"));
  }

  @Test
  void exampleOfFourByFourAsCsr() {
    int[] rows = {0, 2, 3, 5, 6};
    int[] columns = {1, 3, 2, 0, 1, 3};
    Csr csr = Csr.of(4, 4, rows, columns, new float[] {3, 7, 8, 2, 5, 9});
    assertEquals(EXAMPLE, Mask.ofNonZeros(csr.toDense(), 4, 4));
    assertEquals(35, csr.bytes(4));
    assertEquals(23, csr.bytes(2));
    assertEquals(17, csr.bytes(1));
    assertEquals(88, csr.metadataBits());
  }

  /** Density below which CSR is smaller than dense: 0.798, 0.664, 0.496 at 256 columns (A.3). */
  @ParameterizedTest
  @CsvSource({"256, 4, 0.798", "256, 2, 0.664", "256, 1, 0.496", "4096, 4, 0.667"})
  void breakEvenOfCsr(int n, int valueBytes, double density) {
    assertEquals(-1, Long.signum(csrMinusDense(n, valueBytes, density - 0.001)));
    assertEquals(1, Long.signum(csrMinusDense(n, valueBytes, density + 0.001)));
  }

  private static long csrMinusDense(int n, int valueBytes, double density) {
    Map<String, Long> bytes = FormatBytes.of(prefix((int) (density * n * n), n, n), valueBytes);
    return bytes.get("csr") - bytes.get("dense");
  }

  /** 0.625, 0.5625, 0.53125 of dense with 1, 2, 4 bytes per value (A.3). */
  @ParameterizedTest
  @CsvSource({"1, 0.625", "2, 0.5625", "4, 0.53125"})
  void ratioOfTwoOfFour(int valueBytes, double ratio) {
    Mask none = prefix(0, 16, 64);
    Map<String, Long> bytes = FormatBytes.of(none, valueBytes);
    assertEquals(ratio, (double) bytes.get("2:4") / bytes.get("dense"));
  }

  @Test
  void twoOfFourGoesAlongAxisOne() {
    // (1, 4, 1, 2): per position of the kernel the 4 input channels; entries 0, 2, 4 are one group.
    float[] values = {1, 0, 1, 0, 0, 0, 0, 0};
    assertEquals(8L * 4 / 2 + 1, FormatBytes.of(Mask.ofNonZeros(values, 1, 4, 1, 2), 4).get("2:4"));
    values[4] = 1;
    assertFalse(FormatBytes.of(Mask.ofNonZeros(values, 1, 4, 1, 2), 4).containsKey("2:4"));
  }

  @Test
  void widthsGrowWithTheirLargestValue() {
    // 257 rows need 2 bytes for a row index, 3 columns 1, and 256 non-zeros 2 for a pointer.
    Map<String, Long> bytes = FormatBytes.of(prefix(256, 257, 3), 4);
    assertEquals(256L * (4 + 2 + 1), bytes.get("coo"));
    assertEquals(256L * (4 + 1) + 258 * 2, bytes.get("csr"));
    assertEquals(256L * (4 + 2) + 4 * 2, bytes.get("csc"));
  }

  /** The sizes of the formats as built, and those of their arrays, width by width. */
  @Test
  void agreesWithTheFormatsThemselves() {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 40; run++) {
      int rows = 4 * (1 + random.nextInt(run < 36 ? 10 : 80));
      int columns = 4 * (1 + random.nextInt(100));
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        // In half of the runs no group of 4 has more than 2.
        boolean mayLive = run % 2 == 0 || i % 4 < 2;
        values[i] = mayLive && random.nextInt(1 + run) < 3 ? 1 : 0;
      }
      Mask mask = Mask.ofNonZeros(values, rows, columns);
      boolean packed = FormatBytes.of(mask, 1).containsKey("2:4");
      Map<String, SparseMatrix> built = build(values, rows, columns, packed);
      for (int valueBytes = 1; valueBytes <= 4; valueBytes *= 2) {
        Map<String, Long> bytes = FormatBytes.of(mask, valueBytes);
        assertEquals(built.size() + 1, bytes.size());
        for (Map.Entry<String, SparseMatrix> format : built.entrySet()) {
          SparseMatrix matrix = format.getValue();
          long expected = stored(matrix, valueBytes);
          long valuesAlone = matrix.footprint().values() * valueBytes;
          assertEquals(expected, bytes.get(format.getKey()), matrix.toString());
          assertEquals(expected, matrix.bytes(valueBytes), matrix.toString());
          assertEquals(expected - valuesAlone, (matrix.metadataBits() + 7) / 8, matrix.toString());
        }
      }
    }
  }

  private static Map<String, SparseMatrix> build(
      float[] values, int rows, int columns, boolean packed) {
    Map<String, SparseMatrix> built = new HashMap<>();
    built.put("coo", Coo.ofDense(values, rows, columns));
    built.put("csr", Csr.ofDense(values, rows, columns));
    built.put("csc", Csc.ofDense(values, rows, columns));
    built.put("bitmask", Bitmask.ofDense(values, rows, columns));
    built.put("bsr:4x1", Bsr.ofDense(values, rows, columns, new BlockShape(4, 1)));
    built.put("bsr:1x4", Bsr.ofDense(values, rows, columns, new BlockShape(1, 4)));
    built.put("bsr:4x4", Bsr.ofDense(values, rows, columns, new BlockShape(4, 4)));
    if (packed) {
      built.put("2:4", NmPacked.ofDense(values, rows, columns, 2, 4));
    }
    return built;
  }

  /** What a writer would write, array by array. */
  private static long stored(SparseMatrix matrix, int valueBytes) {
    int row = matrix.rows() - 1;
    int column = matrix.columns() - 1;
    if (matrix instanceof Coo m) {
      return written(m.rowIndices(), row)
          + written(m.columnIndices(), column)
          + (long) m.values().length * valueBytes;
    } else if (matrix instanceof Csr m) {
      return written(m.rowPointers(), m.values().length)
          + written(m.columnIndices(), column)
          + (long) m.values().length * valueBytes;
    } else if (matrix instanceof Csc m) {
      return written(m.columnPointers(), m.values().length)
          + written(m.rowIndices(), row)
          + (long) m.values().length * valueBytes;
    } else if (matrix instanceof Bsr m) {
      return written(m.rowPointers(), m.blocks())
          + written(m.blockColumns(), matrix.columns() / m.shape().width() - 1)
          + (long) m.values().length * valueBytes;
    } else if (matrix instanceof Bitmask m) {
      int bits = matrix.rows() * matrix.columns();
      return (bits + 7) / 8 + (long) m.values().length * valueBytes;
    }
    NmPacked packed = (NmPacked) matrix;
    int bits = packed.positions().size() * packed.positions().bits();
    return (bits + 7) / 8 + (long) packed.values().length * valueBytes;
  }

  private static long written(int[] array, int largest) {
    int width = largest < 256 ? 1 : largest < 65536 ? 2 : 4;
    for (int number : array) {
      assertTrue(number < 1L << 8 * width, "an index that its width does not hold");
    }
    return (long) array.length * width;
  }

  @Test
  void vectorsAndSingleValues() {
    assertEquals(5L * 4, FormatBytes.of(Mask.dense(5), 4).get("dense"));
    assertEquals(4L + 1 + 1, FormatBytes.of(Mask.dense(), 4).get("coo"));
    assertThrows(IllegalArgumentException.class, () -> FormatBytes.of(EXAMPLE, 0));
  }

  /** A matrix whose first entries are not zero. */
  private static Mask prefix(int nonZeros, int rows, int columns) {
    float[] values = new float[rows * columns];
    Arrays.fill(values, 0, nonZeros, 1);
    return Mask.ofNonZeros(values, rows, columns);
  }
}
