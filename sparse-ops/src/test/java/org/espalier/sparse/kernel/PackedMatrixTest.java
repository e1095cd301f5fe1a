package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layout and vector width against a product in double precision. */
class PackedMatrixTest {

  private static final int[] WIDTHS = {1, 3, 7, 16, 17, 33, 49, 64, 100, 131, 196};
  private static final int[][] SHAPES = {{1, 1}, {3, 2}, {5, 17}, {13, 64}, {63, 131}};

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void agreesWithDoublePrecisionAtRaggedSizes(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    for (int[] shape : SHAPES) {
      for (double sparsity : new double[] {0, 0.5, 0.9, 1}) {
        Csr a = SparseMatrices.withEmptyRows(shape[1], shape[0], shape[1], sparsity);
        float[] bias = SparseMatrices.dense(5, a.rows(), 1, 0);
        for (RowGroups.Kind kind : RowGroups.Kind.values()) {
          for (int n : WIDTHS) {
            check(kernels, a, n, new Layout(kind, 1 + n % 8, 1 << 16, true), Epilogue.NONE);
            check(kernels, a, n, new Layout(kind, 8, 1 << 16, false), new Epilogue(bias, true));
            check(kernels, a, n, new Layout(kind, 8, 40, true), new Epilogue(bias, false));
          }
        }
      }
    }
  }

  private static void check(SparseKernels kernels, Csr a, int n, Layout layout, Epilogue epilogue) {
    PackedMatrix packed = PackedMatrix.of(a, new Packing(n, layout), kernels);
    float[] x = SparseMatrices.dense(n, a.columns(), n, 0.1);
    float[] y = new float[a.rows() * n];
    Arrays.fill(y, Float.NaN);
    packed.multiply(x, n, y, epilogue);
    double error = SparseMatrices.error(a, x, n, y, epilogue.bias(), epilogue.relu());
    assertTrue(
        error <= 1, () -> kernels.name() + " " + packed + " times " + n + " columns: " + error);
  }
}
