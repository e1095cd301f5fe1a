package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every vector width and the scalar twin against a product in double precision. */
class KernelParityTest {

  private static final int[] WIDTHS = {1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 196};
  private static final int[][] SHAPES = {{1, 1}, {3, 2}, {5, 17}, {13, 64}, {7, 131}};

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void agreesWithDoublePrecisionAtRaggedSizes(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    for (int[] shape : SHAPES) {
      for (double sparsity : new double[] {0, 0.5, 0.9, 1}) {
        Csr a = SparseMatrices.withEmptyRows(shape[1], shape[0], shape[1], sparsity);
        float[] bias = SparseMatrices.dense(5, a.rows(), 1, 0);
        for (int n : WIDTHS) {
          check(kernels, a, n, Epilogue.NONE);
          check(kernels, a, n, new Epilogue(bias, false));
          check(kernels, a, n, new Epilogue(bias, true));
        }
      }
    }
  }

  private static void check(SparseKernels kernels, Csr a, int n, Epilogue epilogue) {
    float[] x = SparseMatrices.dense(n, a.columns(), n, 0.1);
    float[] y = poisoned(a.rows() * n);
    kernels.spmm(a, RowRange.all(a), x, n, y, epilogue);
    String what = kernels.name() + " " + a + " times " + n + " columns, " + epilogue;
    double error = SparseMatrices.error(a, x, n, y, epilogue.bias(), epilogue.relu());
    assertTrue(error <= 1, () -> what + ": " + error);
    if (n == 1) {
      float[] single = poisoned(a.rows());
      kernels.spmv(a, RowRange.all(a), x, single, epilogue);
      double vectorError = SparseMatrices.error(a, x, 1, single, epilogue.bias(), epilogue.relu());
      assertTrue(vectorError <= 1, () -> what + ", one vector: " + vectorError);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void zeroesWhatIsPrunedAndNothingElse(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    for (int n : new int[] {1, 3, 4, 5, 8, 15, 16, 17, 31, 63, 64, 65, 127, 128, 129, 1000}) {
      for (double sparsity : new double[] {0, 0.5, 0.9, 1}) {
        Mask mask = Mask.ofNonZeros(SparseMatrices.dense(n, 1, n, sparsity), n);
        // One float too many: what lies behind the weights must not be touched. NaN and negative
        // values become +0 too; payload bits of the kept ones survive.
        ByteBuffer memory = ByteBuffer.allocateDirect(4 * n + 4).order(ByteOrder.nativeOrder());
        for (int i = 0; i <= n; i++) {
          memory.putInt(4 * i, i % 3 == 0 ? 0xffc00000 | i + 1 : 0x80000000 | i + 1);
        }
        kernels.zeroPruned(mask.toWords(), n, memory);
        for (int i = 0; i <= n; i++) {
          int before = i % 3 == 0 ? 0xffc00000 | i + 1 : 0x80000000 | i + 1;
          int expected = i == n || mask.isKept(i) ? before : 0;
          assertEquals(expected, memory.getInt(4 * i), kernels.name() + " " + i + " of " + n);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void writesOnlyTheRowsOfTheRange(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    Csr a = SparseMatrices.withEmptyRows(1, 9, 50, 0.5);
    for (int n : WIDTHS) {
      float[] x = SparseMatrices.dense(2, a.columns(), n, 0);
      float[] whole = poisoned(9 * n);
      kernels.spmm(a, RowRange.all(a), x, n, whole, Epilogue.NONE);
      float[] some = poisoned(9 * n);
      kernels.spmm(a, new RowRange(2, 6), x, n, some, Epilogue.NONE);
      for (int i = 0; i < some.length; i++) {
        float expected = i >= 2 * n && i < 6 * n ? whole[i] : Float.NaN;
        assertEquals(expected, some[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void probesDoTheWorkThatTheyReport(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    float[] sink = {1f};
    int chains = 8;
    assertEquals(2L * chains * kernels.lanes() * 50, kernels.fmaProbe(50, sink));
    // s = s / 2 + term tends to 2 * term, whatever it starts from.
    int added = kernels.lanes() * chains;
    assertEquals(2 * (1 + 50e-7f) * added, sink[0], 1e-4f * added);
    float[] data = new float[128 + 12];
    Arrays.fill(data, 12, data.length, 1f);
    assertEquals(4L * 512, kernels.loadProbe(data, 128, 512, sink));
    assertEquals(512f, sink[0]);
  }

  /** NaN survives the ReLU of every kernel, and -0 becomes +0. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void reluKeepsNaN(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    Csr a = Csr.ofDense(new float[] {1, 0, 0, 1}, 2, 2);
    for (int n : WIDTHS) {
      float[] x = new float[2 * n];
      Arrays.fill(x, 0, n, Float.NaN);
      Arrays.fill(x, n, 2 * n, -3f);
      float[] y = new float[2 * n];
      kernels.spmm(a, RowRange.all(a), x, n, y, new Epilogue(null, true));
      for (int i = 0; i < n; i++) {
        assertTrue(Float.isNaN(y[i]));
        assertEquals(0, Float.floatToRawIntBits(y[n + i]));
      }
    }
  }

  @Test
  void emptyMatricesGiveTheBias() {
    Csr a = Csr.of(2, 0, new int[3], new int[0], new float[0]);
    for (String choice : KernelProvider.CHOICES) {
      float[] y = poisoned(6);
      KernelProvider.of(choice)
          .spmm(a, RowRange.all(a), new float[0], 3, y, new Epilogue(new float[] {1, -2}, false));
      assertEquals("[1.0, 1.0, 1.0, -2.0, -2.0, -2.0]", Arrays.toString(y));
    }
  }

  private static float[] poisoned(int length) {
    float[] values = new float[length];
    Arrays.fill(values, Float.NaN);
    return values;
  }
}
