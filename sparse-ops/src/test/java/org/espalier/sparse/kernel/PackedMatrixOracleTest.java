package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.ExactProduct;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;

/**
 * Packed matrices against double precision: shapes from nothing to 1000, all patterns, layouts,
 * vector widths, epilogues. Y and the buffers of the thread begin as NaN. The suite takes a sample;
 * {@code -Despalier.oracle=full} takes every shape with every pattern, kind and width.
 */
class PackedMatrixOracleTest {

  private static final int[] SIZES = {0, 1, 3, 17, 63, 64, 65, 1000};
  private static final int[] WIDEST = {1, 2, 3, 5, 8, 64};
  private static final int[] DEPTHS = {1, 7, 40, 250, 1 << 16};
  private static final Map<String, SparseKernels> KERNELS =
      List.of("scalar", "simd-128", "simd-256", "simd-512").stream()
          .collect(Collectors.toMap(name -> name, KernelProvider::of));
  private static final int CASES = 500;

  /** Multiply-adds of the largest sampled case. */
  private static final long LARGEST = 1 << 20;

  private final Set<Object> seen = new HashSet<>();

  @Test
  void everythingAgreesWithDoublePrecision() {
    if (System.getProperty("espalier.oracle", "").equals("full")) {
      everything();
      return;
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < CASES; i++) {
      MatrixShapes pattern = MatrixShapes.values()[i % MatrixShapes.values().length];
      int rows;
      int columns;
      int n;
      do {
        rows = SIZES[random.nextInt(SIZES.length)];
        columns = SIZES[random.nextInt(SIZES.length)];
        n = Math.max(1, SIZES[random.nextInt(SIZES.length)]);
      } while ((long) rows * columns * n > LARGEST);
      RowGroups.Kind kind = RowGroups.Kind.values()[random.nextInt(4)];
      String kernels = List.copyOf(KERNELS.keySet()).get(i % KERNELS.size());
      new Case(pattern, i, rows, columns, n).check(kernels, random.nextInt(8) == 0 ? null : kind);
    }
    // The sample leaves out no value of any choice.
    int sizes = 3 * SIZES.length - 1;
    assertEquals(sizes + WIDEST.length + DEPTHS.length + 2 + 8 + 5 + 4 + 10, seen.size());
  }

  private void everything() {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        for (int n : SIZES) {
          for (MatrixShapes pattern : MatrixShapes.values()) {
            Case one = new Case(pattern, rows + columns + n, rows, columns, Math.max(1, n));
            for (String kernels : KERNELS.keySet()) {
              one.check(kernels, null);
              for (RowGroups.Kind kind : RowGroups.Kind.values()) {
                one.check(kernels, kind);
              }
            }
          }
        }
      }
    }
  }

  private static float[] poisoned(int length) {
    float[] values = new float[length];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  /** A matrix, X, and their product. */
  private final class Case {

    private final SplittableRandom random;
    private final Csr a;
    private final int n;
    private final float[] x;
    private final ExactProduct expected;

    Case(MatrixShapes pattern, int seed, int rows, int columns, int n) {
      float[] dense = pattern.dense(seed, rows, columns);
      this.random = new SplittableRandom(seed);
      this.a = Csr.ofDense(dense, rows, columns);
      this.n = n;
      this.x = SparseMatrices.dense(seed + 1, columns, n, 0.1);
      this.expected = new ExactProduct(dense, rows, columns, x, n);
      seen.addAll(List.of(pattern, "rows " + rows, "columns " + columns, "n " + n));
    }

    /** Packs as told, or as the library likes if {@code kind} is null. */
    void check(String kernels, RowGroups.Kind kind) {
      int widest = WIDEST[random.nextInt(WIDEST.length)];
      int depth = DEPTHS[random.nextInt(DEPTHS.length)];
      boolean packed = random.nextBoolean();
      Layout layout = kind == null ? null : new Layout(kind, widest, depth, packed);
      int set = random.nextInt(8);
      Epilogue epilogue =
          new Epilogue(
              (set & 1) == 0 ? null : SparseMatrices.dense(set, a.rows(), 1, 0),
              (set & 2) == 0 ? null : SparseMatrices.dense(set, a.rows(), n, 0),
              (set & 4) != 0);
      PackedMatrix matrix = PackedMatrix.of(a, new Packing(n, layout), KERNELS.get(kernels));
      float[] buffer = Workspace.ofThread().floats(1);
      Arrays.fill(buffer, Float.NaN);
      float[] y = poisoned(a.rows() * n);
      matrix.multiply(x, n, y, epilogue);
      double error = expected.error(y, epilogue);
      assertTrue(
          error <= 1,
          () -> kernels + " " + matrix + " " + layout + " n " + n + " set " + set + ": " + error);
      for (int i = 0; i < Workspace.BASE; i++) {
        assertTrue(Float.isNaN(buffer[i]), "written before the buffer's begin");
      }
      seen.addAll(List.of(set, kernels, kind == null ? "chosen" : kind));
      if (kind != null) {
        seen.addAll(List.of("widest " + widest, "depth " + depth, "packed " + packed));
      }
    }
  }
}
