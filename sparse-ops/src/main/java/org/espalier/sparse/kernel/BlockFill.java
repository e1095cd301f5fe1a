package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/** How well a matrix falls into blocks of 4 x 1. */
final class BlockFill {

  private static final int HEIGHT = RowGroups.Kind.BLOCKS4.height();

  private BlockFill() {}

  /**
   * Returns the values stored if every four rows from the top share their columns, divided by the
   * non-zeros: 1 if the matrix consists of whole blocks, up to 4.
   */
  static double of(Csr matrix) {
    if (matrix.nonZeros() == 0) {
      return 1;
    }
    int[] seenBy = new int[matrix.columns()];
    long blocks = 0;
    for (int row = 0; row < matrix.rows(); row++) {
      int group = row / HEIGHT + 1;
      for (int i = matrix.rowPointers()[row]; i < matrix.rowPointers()[row + 1]; i++) {
        int column = matrix.columnIndices()[i];
        if (seenBy[column] != group) {
          seenBy[column] = group;
          blocks++;
        }
      }
    }
    return (double) HEIGHT * blocks / matrix.nonZeros();
  }
}
