package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.format.Bitmask;
import org.espalier.sparse.format.BlockShape;
import org.espalier.sparse.format.Bsr;
import org.espalier.sparse.format.Coo;
import org.espalier.sparse.format.Csc;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.format.NmPacked;
import org.espalier.sparse.format.RelativeIndexCsc;
import org.espalier.sparse.format.SparseMatrix;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes at the ends of their ranges, and matrices that change under the library's hands. */
class PackedMatrixLimitsTest {

  /** More columns than a 16-bit index reaches: cut into blocks, whatever the layout says. */
  @ParameterizedTest
  @EnumSource(RowGroups.Kind.class)
  void columnsBeyondSixteenBits(RowGroups.Kind kind) {
    SplittableRandom random = new SplittableRandom(1);
    for (int columns : new int[] {65535, 65536, 65537, 140_000}) {
      Csr a = wide(random, columns);
      for (int n : new int[] {1, 3, 20}) {
        float[] x = SparseMatrices.dense(n, columns, n, 0);
        float[] expected = byDefinition(a, x, n);
        for (boolean packed : new boolean[] {false, true}) {
          Layout layout = new Layout(kind, 8, Integer.MAX_VALUE, packed);
          PackedMatrix matrix = PackedMatrix.of(a, new Packing(n, layout));
          boolean inPlace = !packed && columns <= 65536;
          assertEquals(inPlace, matrix.kernel().endsWith("-inplace"), matrix.toString());
          float[] y = new float[expected.length];
          Arrays.fill(y, Float.NaN);
          matrix.multiply(x, n, y);
          assertArrayEquals(expected, y, 1e-5f, matrix.toString());
        }
      }
    }
  }

  /** Five rows with 20 entries each, among them the first and the last column. */
  private static Csr wide(SplittableRandom random, int columns) {
    int[] indices = new int[100];
    float[] values = new float[100];
    for (int row = 0; row < 5; row++) {
      int[] inner = random.ints(1, columns - 1).distinct().limit(18).sorted().toArray();
      System.arraycopy(inner, 0, indices, row * 20 + 1, 18);
      indices[row * 20 + 19] = columns - 1;
    }
    for (int i = 0; i < 100; i++) {
      values[i] = (i % 7 - 3) / 4f + 0.1f;
    }
    return Csr.of(5, columns, new int[] {0, 20, 40, 60, 80, 100}, indices, values);
  }

  private static float[] byDefinition(Csr a, float[] x, int n) {
    float[] y = new float[a.rows() * n];
    for (int i = 0; i < y.length; i++) {
      double sum = 0;
      for (int e = a.rowPointers()[i / n]; e < a.rowPointers()[i / n + 1]; e++) {
        sum += (double) a.values()[e] * x[a.columnIndices()[e] * n + i % n];
      }
      y[i] = (float) sum;
    }
    return y;
  }

  /** Nothing bounds n if there are neither rows nor columns. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd-128", "simd-512"})
  void nothingTimesAnyNumberOfColumns(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    Csr nothing = Csr.of(0, 0, new int[1], new int[0], new float[0]);
    for (int n : new int[] {1, 5, 100, 1 << 30, Integer.MAX_VALUE - 3, Integer.MAX_VALUE}) {
      for (int packedFor : new int[] {1, 100, Integer.MAX_VALUE}) {
        PackedMatrix matrix = PackedMatrix.of(nothing, Packing.forColumns(packedFor), kernels);
        matrix.multiply(new float[0], n, new float[0]);
        matrix.multiply(new float[0], n, new float[0], Epilogue.NONE, null, 1);
      }
      SparseOps.multiply(nothing, new float[0], n, new float[0]);
    }
    Csr noRows = Csr.of(0, 9, new int[1], new int[0], new float[0]);
    PackedMatrix.of(noRows, Packing.forColumns(9), kernels)
        .multiply(new float[900], 100, new float[0]);
  }

  @Test
  void vectorsAndLayoutsOfTheLargestNumbers() {
    assertEquals(1 << 27, PanelColumns.vectors(Integer.MAX_VALUE, 16));
    assertEquals(Integer.MAX_VALUE, PanelColumns.vectors(Integer.MAX_VALUE, 1));
    assertEquals(0, PanelColumns.vectors(0, 16));
    for (MatrixShapes shape : MatrixShapes.values()) {
      Csr a = Csr.ofDense(shape.dense(1, 20, 20), 20, 20);
      for (int lanes : new int[] {1, 4, 8, 16}) {
        Layout layout =
            LayoutChoice.of(MatrixProfile.of(a), BlockFill.of(a), Integer.MAX_VALUE, lanes)
                .layout();
        assertTrue(layout.widest() <= 8, layout.toString());
      }
    }
  }

  /** A matrix without entries may be as wide as an int: 2^15 blocks of 2^16 columns. */
  @Test
  void theWidestMatrixCanBePacked() {
    Csr empty = Csr.of(0, Integer.MAX_VALUE, new int[1], new int[0], new float[0]);
    RowGroups groups = RowGroupsBuilder.build(empty, RowGroups.Kind.GROUPS1, 1 << 16, null);
    assertEquals(1 << 15, groups.blocks().size());
    RowGroups.Block last = groups.blocks().get((1 << 15) - 1);
    assertEquals(Integer.MAX_VALUE, last.firstColumn() + last.depth());
  }

  @Test
  void everyFormatIsPackedToTheSameProduct() {
    float[] dense = MatrixShapes.SPARSE.dense(7, 17, 24);
    float[] x = SparseMatrices.dense(1, 24, 20, 0);
    float[] expected = byDefinition(Csr.ofDense(dense, 17, 24), x, 20);
    for (SparseMatrix format :
        new SparseMatrix[] {
          Coo.ofDense(dense, 17, 24),
          Csc.ofDense(dense, 17, 24),
          Bitmask.ofDense(dense, 17, 24),
          Bsr.ofDense(dense, 17, 24, new BlockShape(4, 1)),
          NmPacked.ofDense(dense, 17, 24, 4, 4),
          RelativeIndexCsc.ofDense(dense, 17, 24, 3, 4)
        }) {
      float[] y = new float[17 * 20];
      PackedMatrix.of(format, Packing.forColumns(20)).multiply(x, 20, y);
      assertArrayEquals(expected, y, 1e-5f, format.toString());
    }
    // Too large for a dense array, and no need for one.
    Coo huge = Coo.of(100_000, 100_000, new int[] {99_999}, new int[] {99_998}, new float[] {3f});
    float[] y = new float[100_000];
    float[] ones = new float[100_000];
    Arrays.fill(ones, 1f);
    PackedMatrix.of(huge, Packing.forColumns(1)).multiply(ones, 1, y);
    assertEquals(3f, y[99_999]);
  }

  /** What a caller writes into its matrix later reaches no product; nor may Y be that matrix. */
  @Test
  void packedMatricesHaveTheirOwnArrays() {
    for (int packedFor : new int[] {1, 20}) {
      Csr a = Csr.ofDense(MatrixShapes.FULL.dense(1, 4, 4), 4, 4);
      PackedMatrix matrix = PackedMatrix.of(a, Packing.forColumns(packedFor));
      for (int n : new int[] {1, 20}) {
        float[] x = SparseMatrices.dense(2, 4, n, 0);
        float[] before = new float[4 * n];
        matrix.multiply(x, n, before);
        Csr b = Csr.ofDense(a.toDense(), 4, 4);
        Arrays.fill(a.values(), Float.NaN);
        Arrays.fill(a.columnIndices(), 1 << 20);
        Arrays.fill(a.rowPointers(), 1 << 20);
        float[] after = new float[4 * n];
        matrix.multiply(x, n, after);
        assertArrayEquals(before, after);
        System.arraycopy(b.values(), 0, a.values(), 0, 16);
        System.arraycopy(b.columnIndices(), 0, a.columnIndices(), 0, 16);
        System.arraycopy(b.rowPointers(), 0, a.rowPointers(), 0, 5);
      }
    }
  }

  /** Disorder alone would not leave the arrays: entries would be lost without a word. */
  @Test
  void damagedMatricesAreNotPacked() {
    float[] dense = {1, 2, 3, 4};
    for (int damage = 0; damage < 5; damage++) {
      Csr a = Csr.ofDense(dense, 2, 2);
      Csc b = Csc.ofDense(dense, 2, 2);
      int[] indices = a.columnIndices();
      switch (damage) {
        case 0 -> indices[0] = -1;
        case 1 -> indices[0] = 1 << 20;
        case 2 -> indices[0] = 1;
        case 3 -> a.rowPointers()[1] = 3;
        default -> b.rowIndices()[1] = 5;
      }
      SparseMatrix damaged = damage < 4 ? a : b;
      for (int n : new int[] {1, 20}) {
        assertThrows(
            InvalidInputException.class, () -> PackedMatrix.of(damaged, Packing.forColumns(n)));
      }
    }
  }

  /** Kernels are made once a width: each copy of their classes is compiled anew by the JVM. */
  @Test
  void matricesShareTheCompiledLoops() {
    PanelKernels first = KernelProvider.panels(KernelProvider.of("simd-256"));
    assertTrue(first == KernelProvider.panels(KernelProvider.of("simd-256")));
    assertFalse(first == KernelProvider.panels(KernelProvider.of("simd-128")));
  }

  @Test
  void layoutsNeedAKind() {
    assertThrows(NullPointerException.class, () -> new Layout(null, 1, 1, true));
  }
}
