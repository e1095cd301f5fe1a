package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layout for one column and every vector width against a product in double precision. */
class VectorProductTest {

  private static final int[][] SHAPES = {
    {0, 3}, {3, 0}, {1, 1}, {3, 17}, {17, 3}, {17, 64}, {63, 65}, {65, 63}, {64, 64}, {1, 1000},
    {1000, 1}, {8, 131}
  };

  private static final Map<String, Function<Csr, VectorLayout>> LAYOUTS = new LinkedHashMap<>();

  static {
    LAYOUTS.put("bitmap", BitmapRows::of);
    LAYOUTS.put("gather", GatherRows::of);
    LAYOUTS.put("index", IndexRows::of);
    LAYOUTS.put("blocks", BlockRows::of);
    LAYOUTS.put("dense", DenseRows::of);
    for (ColumnSlabs.Kind kind : ColumnSlabs.Kind.values()) {
      LAYOUTS.put("columns " + kind, matrix -> ColumnSlabs.of(matrix, kind));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void agreesWithDoublePrecisionAtRaggedSizes(String choice) {
    VectorKernels kernels = KernelProvider.vectors(KernelProvider.of(choice));
    int parts = 1;
    for (int[] shape : SHAPES) {
      for (double sparsity : new double[] {0, 0.5, 0.9, 1}) {
        Csr a = SparseMatrices.withEmptyRows(shape[1], shape[0], shape[1], sparsity);
        for (String layout : LAYOUTS.keySet()) {
          parts = parts % 4 + 1;
          check(kernels, layout, a, parts, 1, epilogue(a.rows(), parts, 1));
          check(kernels, layout, a, parts, 1, Epilogue.NONE);
        }
      }
    }
  }

  /** Several slabs of columns, several groups per part, and rows that are left over. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void agreesWithDoublePrecisionOnManyRows(String choice) {
    VectorKernels kernels = KernelProvider.vectors(KernelProvider.of(choice));
    Csr tall = SparseMatrices.withEmptyRows(3, 5203, 11, 0.7);
    Csr wide = SparseMatrices.withEmptyRows(4, 18, 1000, 0.6);
    for (String layout : LAYOUTS.keySet()) {
      for (int parts = 1; parts <= 4; parts++) {
        check(kernels, layout, tall, parts, 1, epilogue(tall.rows(), parts, 1));
        check(kernels, layout, wide, parts, 1, epilogue(wide.rows(), parts, 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd"})
  void takesSeveralColumnsOneByOne(String choice) {
    VectorKernels kernels = KernelProvider.vectors(KernelProvider.of(choice));
    Csr a = SparseMatrices.withEmptyRows(3, 37, 50, 0.7);
    for (String layout : LAYOUTS.keySet()) {
      for (int n : new int[] {2, 5}) {
        check(kernels, layout, a, 3, n, epilogue(a.rows(), 2, n));
        check(kernels, layout, a, 1, n, Epilogue.NONE);
      }
    }
  }

  /** Columns are stored in 16 bits, so that wider matrices are cut. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd"})
  void takesMoreColumnsThanAnIndexHolds(String choice) {
    VectorKernels kernels = KernelProvider.vectors(KernelProvider.of(choice));
    int columns = 2 * 65536 + 3;
    float[] dense = SparseMatrices.dense(1, 9, columns, 0.999);
    for (int row = 0; row < 9; row++) {
      dense[row * columns + 65535] = 2f;
      dense[row * columns + 65536] = 3f;
      dense[(row + 1) * columns - 1] = 4f;
    }
    Csr a = Csr.ofDense(dense, 9, columns);
    for (String layout : LAYOUTS.keySet()) {
      check(kernels, layout, a, 1, 1, Epilogue.NONE);
    }
  }

  /** What is not stored takes no part: NaN in x reaches the rows that have the column. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void nanAndInfinityReachOnlyRowsThatHaveTheColumn(String choice) {
    VectorKernels kernels = KernelProvider.vectors(KernelProvider.of(choice));
    Csr a = SparseMatrices.withEmptyRows(7, 150, 67, 0.9);
    for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      for (int column : new int[] {0, 13, 31, 66}) {
        float[] x = SparseMatrices.dense(5, 67, 1, 0.3);
        x[column] = poison;
        for (String layout : LAYOUTS.keySet()) {
          if (layout.equals("dense")) {
            continue;
          }
          float[] y = product(kernels, layout, a, x, 1, 1, Epilogue.NONE);
          for (int row = 0; row < a.rows(); row++) {
            boolean reached = has(a, row, column, sharesBlock(layout, row));
            assertEquals(reached, !Float.isFinite(y[row]), layout + " row " + row);
          }
        }
      }
    }
  }

  /** Layouts by columns do not look at columns whose x is zero, also if it is -0. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "simd-128", "simd-256", "simd-512"})
  void columnsSkipZerosOfX(String choice) {
    VectorKernels kernels = KernelProvider.vectors(KernelProvider.of(choice));
    for (int live = 0; live <= 6; live++) {
      float[] dense = SparseMatrices.dense(2, 132, 40, 0.4);
      float[] x = new float[40];
      for (int column = 0; column < 40; column++) {
        boolean used = column % 6 == 2 && column / 6 < live;
        x[column] = used ? column : column % 2 == 0 ? -0f : 0f;
        dense[7 * 40 + column] = used ? 1f : Float.NaN;
      }
      Csr a = Csr.ofDense(dense, 132, 40);
      for (ColumnSlabs.Kind kind : ColumnSlabs.Kind.values()) {
        float[] y = product(kernels, "columns " + kind, a, x, 1, 1, Epilogue.NONE);
        float expected = 0;
        for (float value : x) {
          expected += value;
        }
        assertEquals(expected, y[7], kind + " with " + live + " columns");
      }
    }
  }

  @Test
  void anEmptyMatrixGivesTheEpilogue() {
    Epilogue epilogue = epilogue(5, 2, 1);
    float[] y = new float[5];
    Arrays.fill(y, Float.NaN);
    VectorProduct product = new VectorProduct(new EmptyRows(5), 5, 3);
    Operands operands = new Operands(new float[3], 1, y, epilogue);
    product.run(new ScalarVectorKernels(), operands, 1, 2);
    assertTrue(Float.isNaN(y[0]));
    product.run(new ScalarVectorKernels(), operands, 0, 2);
    for (int row = 0; row < 5; row++) {
      assertEquals(Math.max(0f, epilogue.bias()[row] + epilogue.residual()[row]), y[row]);
    }
  }

  /** Behind the last whole four rows, the layout by columns stores entries one by one. */
  private static boolean sharesBlock(String layout, int row) {
    return layout.equals("blocks") || layout.equals("columns BLOCKS4") && row < 148;
  }

  /** Returns whether a row, or one of its four, has a column. */
  private static boolean has(Csr a, int row, int column, boolean inFours) {
    int first = inFours ? row / 4 * 4 : row;
    int last = inFours ? Math.min(a.rows(), first + 4) : row + 1;
    float[] dense = a.toDense();
    for (int r = first; r < last; r++) {
      if (dense[r * a.columns() + column] != 0) {
        return true;
      }
    }
    return false;
  }

  private static Epilogue epilogue(int rows, int variant, int n) {
    float[] bias = SparseMatrices.dense(variant, rows, 1, 0);
    float[] residual = SparseMatrices.dense(variant + 10, rows, n, 0);
    return new Epilogue(
        variant % 2 == 0 ? bias : null, variant % 4 < 3 ? residual : null, variant < 4);
  }

  private static void check(
      VectorKernels kernels, String layout, Csr a, int parts, int n, Epilogue epilogue) {
    float[] x = SparseMatrices.dense(n, a.columns(), n, 0.4);
    float[] y = product(kernels, layout, a, x, n, parts, epilogue);
    double error = error(a, x, n, y, epilogue);
    assertTrue(
        error <= 1, () -> "%s %s times %d in %d parts: %s".formatted(layout, a, n, parts, error));
  }

  private static float[] product(
      VectorKernels kernels, String layout, Csr a, float[] x, int n, int parts, Epilogue epilogue) {
    VectorProduct product = new VectorProduct(LAYOUTS.get(layout).apply(a), a.rows(), a.columns());
    float[] y = new float[a.rows() * n];
    Arrays.fill(y, Float.NaN);
    // Backwards: a part that wrote to rows of another would be noticed.
    for (int part = parts - 1; part >= 0; part--) {
      product.run(kernels, new Operands(x, n, y, epilogue), part, parts);
    }
    return y;
  }

  /** As {@link SparseMatrices#error}, with the residual. */
  private static double error(Csr a, float[] x, int n, float[] y, Epilogue epilogue) {
    double worst = 0;
    for (int row = 0; row < a.rows(); row++) {
      for (int column = 0; column < n; column++) {
        double residual = epilogue.residual() == null ? 0 : epilogue.residual()[row * n + column];
        double sum = epilogue.biasOf(row) + residual;
        double magnitude = Math.abs(epilogue.biasOf(row)) + Math.abs(residual);
        int terms = a.rowPointers()[row + 1] - a.rowPointers()[row] + 2;
        for (int i = a.rowPointers()[row]; i < a.rowPointers()[row + 1]; i++) {
          double term = (double) a.values()[i] * x[a.columnIndices()[i] * n + column];
          sum += term;
          magnitude += Math.abs(term);
        }
        double expected = epilogue.relu() ? Math.max(sum, 0) : sum;
        double allowed = (terms + 2) * 0x1p-24 * magnitude + Float.MIN_VALUE;
        double error = Math.abs(y[row * n + column] - expected) / allowed;
        worst = Double.isFinite(error) ? Math.max(worst, error) : Double.POSITIVE_INFINITY;
      }
    }
    return worst;
  }
}
