package org.espalier.sparse.kernel;

/**
 * The loops of products with a single column, with a scalar twin. Unchecked, without epilogue.
 *
 * <p>Ranges of rows begin with a group, as {@link VectorLayout#part} has them.
 */
public interface VectorKernels {

  /** Returns whether bitmaps are expanded by the processor; if not, they are slow. */
  boolean expands();

  /** Returns whether 16-bit indices are widened by the processor; if not, they cost time. */
  boolean widens();

  /** Writes rows of y. */
  void indexRows(IndexRows a, RowRange rows, float[] x, float[] y);

  /** Writes rows of y. */
  void bitmapRows(BitmapRows a, RowRange rows, float[] x, float[] y);

  /**
   * Adds to rows of y.
   *
   * @param indices scratch, four vectors of indices
   */
  void gatherRows(ColumnBlock a, RowRange rows, float[] x, float[] y, int[] indices);

  /** Adds to rows of y. */
  void blockRows(ColumnBlock a, RowRange rows, float[] x, float[] y);

  /** Writes rows of y. */
  void denseRows(DenseRows a, RowRange rows, float[] x, float[] y);

  /** Returns the loops that go by columns. */
  ColumnKernels columns();
}
