package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.format.SharedCsr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that share their columns are found where they were shuffled, and multiplied right. */
class RowOrderTest {

  private static final int WINDOW = 64;

  /** Blocks of height x 1, a tenth of them kept; then the rows of each window are shuffled. */
  private static Csr shuffled(int rows, int columns, int height) {
    float[] dense = SparseMatrices.dense(3, rows, columns, 0);
    SplittableRandom random = new SplittableRandom(7);
    boolean[] kept = new boolean[columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (row % height == 0) {
          kept[column] = random.nextInt(10) == 0;
        }
        if (!kept[column]) {
          dense[row * columns + column] = 0;
        }
      }
    }
    float[] moved = new float[dense.length];
    for (int begin = 0; begin < rows; begin += WINDOW) {
      int size = Math.min(WINDOW, rows - begin);
      int[] from = IntStream.range(begin, begin + size).toArray();
      for (int i = size - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int row = from[i];
        from[i] = from[other];
        from[other] = row;
      }
      for (int i = 0; i < size; i++) {
        System.arraycopy(dense, from[i] * columns, moved, (begin + i) * columns, columns);
      }
    }
    return Csr.ofDense(moved, rows, columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void findsShuffledBlocks(String choice) throws Exception {
    SparseKernels kernels = KernelProvider.of(choice);
    Csr a = shuffled(203, 120, 4);
    assertTrue(BlockFill.of(a) > 3, "shuffling left blocks as they were");
    PackedMatrix packed = PackedMatrix.of(a, Packing.forColumns(40), kernels);
    assertTrue(packed.kernel().startsWith("blocks4"), packed.kernel());
    assertTrue(packed.reason().endsWith(", rows reordered"), packed.reason());
    for (int n : new int[] {1, 5, 40, 67}) {
      check(packed, a, n);
    }
    SharedCsr shared = SharedCsr.linear(a);
    PackedMatrix codes = PackedMatrix.of(shared, Packing.forColumns(40), kernels);
    assertEquals(packed.kernel() + "-codes", codes.kernel());
    check(codes, shared.toCsr(), 40);
  }

  @ParameterizedTest
  @CsvSource({"GROUPS1", "GROUPS2", "GROUPS3", "BLOCKS4"})
  void anyKindTakesRowsInAnotherOrder(RowGroups.Kind kind) throws Exception {
    for (int rows : new int[] {5, 64, 129, 203}) {
      Csr a = shuffled(rows, 50, kind.height());
      Packing packing = Packing.forColumns(20).withLayout(new Layout(kind, 4, 32, true));
      check(PackedMatrix.of(a, packing), a, 20);
    }
  }

  private static void check(PackedMatrix packed, Csr a, int n) throws Exception {
    float[] x = SparseMatrices.dense(n, a.columns(), n, 0.1);
    float[] bias = SparseMatrices.dense(5, a.rows(), 1, 0);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int parts = 1; parts <= 4; parts++) {
        float[] y = new float[a.rows() * n];
        Arrays.fill(y, Float.NaN);
        packed.multiply(x, n, y, new Epilogue(bias, true), pool, parts);
        double error = SparseMatrices.error(a, x, n, y, bias, true);
        assertTrue(error <= 1, packed + " times " + n + " in " + parts + " parts: " + error);
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void pairsThatShareColumnsAreGrouped() throws Exception {
    Csr a = shuffled(1024, 120, 2);
    RowOrder order = RowOrder.of(a, 2);
    assertEquals(0.5, order.loads(), 0.001);
    PackedMatrix packed = PackedMatrix.of(a, Packing.forColumns(40));
    assertTrue(packed.kernel().startsWith("groups2"), packed.toString());
    assertEquals("pairs of rows share loads of X, rows reordered", packed.reason());
    check(packed, a, 40);
  }

  @Test
  void similarRowsStandTogether() {
    // 32 pairs of rows with ten columns each, of which nine are the same; partners 32 rows apart.
    float[] dense = new float[64 * 400];
    for (int row = 0; row < 64; row++) {
      for (int i = 0; i < 9; i++) {
        dense[row * 400 + row % 32 * 9 + i] = 1;
      }
      dense[row * 400 + 300 + row] = 1;
    }
    Csr a = Csr.ofDense(dense, 64, 400);
    assertEquals(1, BlockFill.loads(a, 2, null));
    // All pairs found would load .55 rows for a non-zero.
    RowOrder order = RowOrder.of(a, 2);
    assertTrue(order.loads() < 0.75, "loads " + order.loads());
    int[] sorted = order.rows().clone();
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, 64).toArray(), sorted);
  }

  @Test
  void randomRowsStayAsTheyStand() {
    for (double sparsity : new double[] {0, 0.5, 0.9, 0.98, 1}) {
      Csr a = Csr.ofDense(SparseMatrices.dense(8, 200, 150, sparsity), 200, 150);
      for (int height = 1; height <= 4; height++) {
        RowOrder order = RowOrder.of(a, height);
        assertNull(order.rows(), sparsity + " in groups of " + height);
        assertEquals(BlockFill.loads(a, height, null), order.loads());
      }
    }
  }

  @Test
  void rowsStayInTheirChunk() {
    Csr a = shuffled(1100, 60, 4);
    int[] rows = RowOrder.of(a, 4).rows();
    // A sixteenth of the rows, rounded up to a multiple of 4.
    int chunk = 72;
    for (int i = 0; i < rows.length; i++) {
      assertEquals(i / chunk, rows[i] / chunk, "row " + i);
    }
  }
}
