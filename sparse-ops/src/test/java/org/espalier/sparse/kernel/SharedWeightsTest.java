package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.format.SharedCsr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights of one byte, against double precision and against the same weights as floats. */
class SharedWeightsTest {

  private static final int[] WIDTHS = {1, 3, 16, 17, 49, 131};
  private static final int[][] SHAPES = {{1, 1}, {3, 2}, {13, 64}, {63, 131}};

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void agreesWithDoublePrecisionAtRaggedSizes(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    for (int[] shape : SHAPES) {
      for (double sparsity : new double[] {0, 0.5, 0.9, 1}) {
        Csr a = SparseMatrices.withEmptyRows(shape[1], shape[0], shape[1], sparsity);
        SharedCsr shared = SharedCsr.linear(a);
        float[] bias = SparseMatrices.dense(5, a.rows(), 1, 0);
        for (RowGroups.Kind kind : RowGroups.Kind.values()) {
          for (int n : WIDTHS) {
            check(kernels, shared, n, new Layout(kind, 8, 1 << 16, false), Epilogue.NONE);
            check(kernels, shared, n, new Layout(kind, 8, 40, true), new Epilogue(bias, true));
          }
        }
      }
    }
  }

  private static void check(
      SparseKernels kernels, SharedCsr a, int n, Layout layout, Epilogue epilogue) {
    Packing packing = new Packing(n, layout);
    PackedMatrix packed = PackedMatrix.of(a, packing, kernels);
    Csr floats = a.toCsr();
    float[] x = SparseMatrices.dense(n, a.columns(), n, 0.1);
    float[] y = poisoned(a.rows() * n);
    packed.multiply(x, n, y, epilogue);
    double error = SparseMatrices.error(floats, x, n, y, epilogue.bias(), epilogue.relu());
    assertTrue(error <= 1, () -> kernels.name() + " " + packed + " times " + n + ": " + error);
    float[] expected = poisoned(a.rows() * n);
    PackedMatrix.of(floats, packing, kernels).multiply(x, n, expected, epilogue);
    assertArrayEquals(expected, y, packed::toString);
  }

  private static float[] poisoned(int length) {
    float[] y = new float[length];
    Arrays.fill(y, Float.NaN);
    return y;
  }

  @Test
  void aWeightTakesAByteAndItsColumn() {
    Csr a = Csr.ofDense(SparseMatrices.dense(6, 256, 300, 0.9), 256, 300);
    PackedMatrix floats = PackedMatrix.of(a, Packing.forColumns(64));
    PackedMatrix bytes = PackedMatrix.of(SharedCsr.linear(a), Packing.forColumns(64));
    assertEquals(floats.kernel() + "-codes", bytes.kernel());
    // Three bytes less per weight, and the table of 256 floats.
    assertEquals(floats.bytes() - 3L * a.nonZeros() + 1024, bytes.bytes());
  }

  @Test
  void a256thValueLeavesNoCodeForFill() {
    float[] dense = new float[4 * 300];
    for (int i = 0; i < 256; i++) {
      dense[i] = i + 1;
    }
    SharedCsr full = SharedCsr.of(Csr.ofDense(dense, 4, 300));
    Layout layout = new Layout(RowGroups.Kind.BLOCKS4, 4, 1 << 16, true);
    PackedMatrix packed = PackedMatrix.of(full, Packing.forColumns(5).withLayout(layout));
    assertEquals("blocks4-v4", packed.kernel());
    assertTrue(packed.reason().contains("no code for the fill"), packed.reason());
    check(SparseOps.kernels(), full, 5, layout, Epilogue.NONE);
    Layout singles = new Layout(RowGroups.Kind.GROUPS1, 4, 1 << 16, true);
    assertEquals(
        "groups1-v4-codes",
        PackedMatrix.of(full, Packing.forColumns(5).withLayout(singles)).kernel());
  }
}
