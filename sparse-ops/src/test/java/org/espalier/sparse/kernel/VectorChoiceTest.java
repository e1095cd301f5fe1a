package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;

/** What a matrix is packed as for a single column, and the public way there. */
class VectorChoiceTest {

  @Test
  void goesByDensityBlocksAndInput() {
    assertEquals("vector-dense", label(unstructured(0.05), 1, true));
    assertEquals("vector-bitmap", label(unstructured(0.5), 1, true));
    assertEquals("vector-gather", label(unstructured(0.7), 1, false));
    assertEquals("vector-dense", label(unstructured(0.5), 1, false));
    assertEquals("vector-index", label(unstructured(0.9), 1, true));
    assertEquals("vector-bitmap", label(blocks(0.5), 1, true));
    assertEquals("vector-blocks4", label(blocks(0.8), 1, true));
    assertEquals("vector-columns-bitmap", label(unstructured(0.5), 0.35, true));
    assertEquals("vector-columns-entries", label(unstructured(0.5), 0.35, false));
    assertEquals("vector-columns-entries", label(unstructured(0.95), 0.35, true));
    assertEquals("vector-columns-blocks4", label(blocks(0.9), 0.35, true));
    assertEquals("vector-empty", label(unstructured(1), 0.35, true));
  }

  private static String label(Csr matrix, double inputDensity, boolean expands) {
    VectorKernels kernels = expands ? new Expanding() : new ScalarVectorKernels();
    return VectorChoice.of(matrix, BlockFill.of(matrix), inputDensity, kernels).layout().label();
  }

  /** Like a processor with the instruction, as far as the choice goes. */
  private static final class Expanding implements VectorKernels {

    private final ScalarVectorKernels scalar = new ScalarVectorKernels();

    @Override
    public boolean expands() {
      return true;
    }

    @Override
    public boolean widens() {
      return false;
    }

    @Override
    public void indexRows(IndexRows a, RowRange rows, float[] x, float[] y) {
      scalar.indexRows(a, rows, x, y);
    }

    @Override
    public void bitmapRows(BitmapRows a, RowRange rows, float[] x, float[] y) {
      scalar.bitmapRows(a, rows, x, y);
    }

    @Override
    public void gatherRows(ColumnBlock a, RowRange rows, float[] x, float[] y, int[] t) {
      scalar.gatherRows(a, rows, x, y, t);
    }

    @Override
    public void blockRows(ColumnBlock a, RowRange rows, float[] x, float[] y) {
      scalar.blockRows(a, rows, x, y);
    }

    @Override
    public void denseRows(DenseRows a, RowRange rows, float[] x, float[] y) {
      scalar.denseRows(a, rows, x, y);
    }

    @Override
    public ColumnKernels columns() {
      return scalar;
    }
  }

  private static Csr unstructured(double sparsity) {
    return Csr.ofDense(SparseMatrices.dense(1, 64, 100, sparsity), 64, 100);
  }

  private static Csr blocks(double sparsity) {
    float[] one = SparseMatrices.dense(1, 16, 100, sparsity);
    float[] four = new float[64 * 100];
    for (int row = 0; row < 64; row++) {
      System.arraycopy(one, row / 4 * 100, four, row * 100, 100);
    }
    return Csr.ofDense(four, 64, 100);
  }

  @Test
  void packedMatricesUseItForOneColumn() {
    Csr a = unstructured(0.8);
    Packing forSparse = Packing.forColumns(1).withInputDensity(0.35);
    assertTrue(PackedMatrix.of(a, Packing.forColumns(1)).kernel().startsWith("vector-"));
    assertTrue(PackedMatrix.of(a, forSparse).kernel().startsWith("vector-columns"));
    assertTrue(PackedMatrix.of(a, forSparse).reason().contains("zeros in x"));
  }

  /** Packed for one column or for many: products with one and with several, alone and shared. */
  @Test
  void packedMatricesTakeOtherNumbersOfColumns() {
    Csr a = SparseMatrices.withEmptyRows(2, 70, 90, 0.8);
    float[] bias = SparseMatrices.dense(3, 70, 1, 0);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      for (int packedFor : new int[] {1, 40}) {
        PackedMatrix packed = PackedMatrix.of(a, Packing.forColumns(packedFor));
        for (int n : new int[] {1, 3, 20}) {
          float[] x = SparseMatrices.dense(n, 90, n, 0.1);
          float[] y = new float[70 * n];
          for (int parts = 1; parts <= 4; parts++) {
            Arrays.fill(y, Float.NaN);
            packed.multiply(x, n, y, new Epilogue(bias, true), executor, parts);
            assertTrue(SparseMatrices.error(a, x, n, y, bias, true) <= 1);
          }
        }
      }
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void refusesInputDensitiesThatAreNone() {
    for (double density : new double[] {0, -1, 1.01, Double.NaN}) {
      Packing packing = Packing.forColumns(1);
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> packing.withInputDensity(density));
      assertTrue(e.getMessage().contains("input density above 0, up to 1"), e.getMessage());
    }
  }
}
