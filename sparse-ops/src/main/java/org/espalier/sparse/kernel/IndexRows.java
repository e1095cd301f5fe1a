package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/**
 * Rows as values and 32-bit column indices: 8 bytes per non-zero, for a JDK that does not widen the
 * 16-bit ones of {@link GatherRows} quickly. Arrays are shared: do not write.
 *
 * @param starts first entry of each row, and the number of entries
 * @param columns of the entries
 * @param values of the entries
 */
public record IndexRows(int[] starts, int[] columns, float[] values) implements VectorLayout {

  private static final int HEIGHT = 1;

  static IndexRows of(Csr matrix) {
    return new IndexRows(
        matrix.rowPointers().clone(), matrix.columnIndices().clone(), matrix.values().clone());
  }

  @Override
  public String label() {
    return "vector-index";
  }

  @Override
  public RowRange part(int part, int parts) {
    return VectorLayout.part(starts, HEIGHT, part, parts);
  }

  @Override
  public void multiply(
      VectorKernels kernels, RowRange range, float[] x, float[] y, VectorScratch scratch) {
    kernels.indexRows(this, range, x, y);
  }
}
