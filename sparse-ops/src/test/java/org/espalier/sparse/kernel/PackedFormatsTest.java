package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.sparse.format.Bitmask;
import org.espalier.sparse.format.BlockShape;
import org.espalier.sparse.format.Bsr;
import org.espalier.sparse.format.Coo;
import org.espalier.sparse.format.Csc;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.format.NmPacked;
import org.espalier.sparse.format.PackedIndices;
import org.espalier.sparse.format.RelativeIndexCsc;
import org.espalier.sparse.format.SparseMatrix;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;

/** Every format is packed from what it stores, and its structure is found again. */
class PackedFormatsTest {

  /** Rows and columns of a matrix that no array holds in dense form. */
  private static final int HUGE = 70_000;

  @Test
  void everyFormatGivesTheSameProduct() {
    float[] dense = SparseMatrices.dense(2, 37, 52, 0.6);
    Csr rows = Csr.ofDense(dense, 37, 52);
    List<SparseMatrix> formats =
        List.of(
            rows.toCoo(),
            rows.toCsc(),
            Bitmask.ofDense(dense, 37, 52),
            Bsr.ofDense(dense, 37, 52, new BlockShape(4, 3)),
            NmPacked.ofDense(dense, 37, 52, 5, 5),
            RelativeIndexCsc.ofDense(dense, 37, 52, 3, 4));
    float[] x = SparseMatrices.dense(3, 52, 20, 0);
    float[] expected = new float[37 * 20];
    PackedMatrix.of(rows, Packing.forColumns(20)).multiply(x, 20, expected);
    for (SparseMatrix matrix : formats) {
      float[] y = new float[37 * 20];
      PackedMatrix.of(matrix, Packing.forColumns(20)).multiply(x, 20, y);
      assertArrayEquals(expected, y, matrix.toString());
    }
  }

  @Test
  void matricesThatNoArrayHoldsArePacked() {
    // A diagonal of two entries, 9 at the end of row 5 and 2 in the middle.
    int middle = HUGE / 2;
    Coo coo =
        Coo.of(
            HUGE, HUGE, new int[] {5, middle}, new int[] {HUGE - 1, middle}, new float[] {9f, 2f});
    Csc csc = coo.toCsr().toCsc();
    int[] blockPointers = new int[HUGE / 4 + 1];
    java.util.Arrays.fill(blockPointers, 2, blockPointers.length, 1);
    java.util.Arrays.fill(blockPointers, middle / 4 + 1, blockPointers.length, 2);
    Bsr bsr =
        Bsr.of(
            HUGE,
            HUGE,
            new BlockShape(4, 1),
            blockPointers,
            new int[] {HUGE - 1, middle},
            new float[] {0, 9, 0, 0, 2, 0, 0, 0});
    int[] pointers = new int[HUGE + 1];
    java.util.Arrays.fill(pointers, middle + 1, HUGE, 1);
    pointers[HUGE] = 2;
    RelativeIndexCsc relative =
        RelativeIndexCsc.of(
            HUGE, HUGE, 1, pointers, PackedIndices.of(16, middle, 5), new float[] {2, 9});
    float[] x = new float[HUGE];
    x[HUGE - 1] = 3;
    x[middle] = 5;
    for (SparseMatrix matrix : List.of(coo, csc, bsr, relative)) {
      for (int packedFor : new int[] {1, 4}) {
        float[] y = new float[HUGE];
        PackedMatrix.of(matrix, Packing.forColumns(packedFor)).multiply(x, 1, y);
        assertEquals(27f, y[5], matrix.toString());
        assertEquals(10f, y[middle], matrix.toString());
        assertEquals(0f, y[0], matrix.toString());
      }
    }
  }

  @Test
  void blocksAreFoundAgain() {
    float[] dense = new float[64 * 64];
    for (int i = 0; i < 64; i++) {
      for (int row = 0; row < 16; row++) {
        dense[(i * 29 % 4 * 16 + row) * 64 + i] = i + row + 1;
      }
    }
    for (int height : new int[] {4, 8, 16}) {
      Bsr bsr = Bsr.ofDense(dense, 64, 64, new BlockShape(height, 1));
      String kernel = PackedMatrix.of(bsr, Packing.forColumns(64)).kernel();
      assertTrue(kernel.startsWith("blocks4"), kernel);
    }
  }

  @Test
  void twoOfFourIsDenseEnoughToShareLoads() {
    float[] dense = SparseMatrices.dense(4, 96, 128, 0);
    java.util.SplittableRandom random = new java.util.SplittableRandom(1);
    for (int group = 0; group < dense.length; group += 4) {
      int first = random.nextInt(4);
      dense[group + first] = 0;
      dense[group + (first + 1 + random.nextInt(3)) % 4] = 0;
    }
    NmPacked half = NmPacked.ofDense(dense, 96, 128, 2, 4);
    PackedMatrix packed = PackedMatrix.of(half, Packing.forColumns(128));
    assertTrue(packed.kernel().matches("groups[23]-.*"), packed.kernel());
    assertEquals(
        "2:4 unpacked to columns, dense enough for rows to share loads of X", packed.reason());
  }

  @Test
  void explains() {
    Csr a = Csr.ofDense(new float[] {1, 0, 0, 2}, 2, 2);
    Layout layout = new Layout(RowGroups.Kind.GROUPS1, 2, 1 << 16, true);
    // Two chunk bounds of 8 bytes; a group: row, count, two starts; an entry: column, value.
    long bytes = 2 * 8 + 2 * (4 + 4) + 3 * 8 + 2 * (2 + 4);
    assertEquals(
        """
        2 x 2, 2 non-zeros, density 0.5000
        blocks of 4 x 1 as the rows stand: 4.00 values for a non-zero
        groups1-v2: 1 blocks of up to 2 columns, X packed, rows as they stand
        %d bytes, %.2f for a non-zero
        as told"""
            .formatted(bytes, bytes / 2.0),
        PackedMatrix.of(a, Packing.forColumns(2).withLayout(layout)).explain());
  }
}
