package org.espalier.tribuo.network;

import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.Layout;
import org.espalier.sparse.kernel.PackedMatrix;
import org.espalier.sparse.kernel.Packing;
import org.espalier.sparse.kernel.RowGroups;
import org.espalier.sparse.kernel.SparseKernels;
import org.espalier.sparse.kernel.SparseOps;

/**
 * Packs weights so that a product has the same bits everywhere: in each process, for each size of a
 * batch, with vector instructions of any width and without.
 *
 * <p>Left to itself, sparse-ops chooses a layout by the machine, and the layout decides in which
 * order a sum is taken. This one is always the same: pairs of rows that share loads of X, the only
 * unstructured layout whose loops never split a row's sum into several chains (single rows do,
 * where X is narrow). A vector holds neighboring examples, so each sum is one chain of fused
 * multiply-adds, in an order that only the zeros of the two rows decide.
 */
final class Products {

  /** Columns of a block: all that a layout can hold. */
  private static final int DEEPEST = 1 << Character.SIZE;

  private static final Packing FIXED =
      Packing.forColumns(64).withLayout(new Layout(RowGroups.Kind.GROUPS2, 4, DEEPEST, true));

  private Products() {}

  /**
   * Packs what is not zero.
   *
   * @param weights rows x columns, row-major
   */
  static PackedMatrix pack(float[] weights, int rows, int columns) {
    return pack(weights, rows, columns, SparseOps.kernels());
  }

  /** Packs for given kernels, for tests. */
  static PackedMatrix pack(float[] weights, int rows, int columns, SparseKernels kernels) {
    return PackedMatrix.of(Csr.ofDense(weights, rows, columns), FIXED, kernels);
  }
}
