package org.espalier.tribuo.network;

import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.Layout;
import org.espalier.sparse.kernel.PackedMatrix;
import org.espalier.sparse.kernel.Packing;
import org.espalier.sparse.kernel.RowGroups;

/**
 * Packs weights so that a product has the same bits everywhere: in each process, for each size of a
 * batch, with vector instructions and without. One row at a time, each sum is a chain of fused
 * multiply-adds in the order of the columns; a vector holds neighboring examples, never parts of
 * one sum.
 */
final class Products {

  /** Columns of a block: all that a layout can hold. */
  private static final int DEEPEST = 1 << Character.SIZE;

  private static final Packing FIXED =
      Packing.forColumns(64).withLayout(new Layout(RowGroups.Kind.GROUPS1, 4, DEEPEST, true));

  private Products() {}

  /**
   * Packs what is not zero.
   *
   * @param weights rows x columns, row-major
   */
  static PackedMatrix pack(float[] weights, int rows, int columns) {
    return PackedMatrix.of(Csr.ofDense(weights, rows, columns), FIXED);
  }
}
