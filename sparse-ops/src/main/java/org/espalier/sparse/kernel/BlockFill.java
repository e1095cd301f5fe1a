package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/** How well rows of a matrix that follow each other share their columns. */
final class BlockFill {

  private static final int HEIGHT = RowGroups.Kind.BLOCKS4.height();

  private BlockFill() {}

  /**
   * Returns the values stored if every four rows from the top share their columns, divided by the
   * non-zeros: 1 if the matrix consists of whole blocks, up to 4.
   */
  static double of(Csr matrix) {
    return matrix.nonZeros() == 0 ? 1 : HEIGHT * loads(matrix, HEIGHT, null);
  }

  /**
   * Returns how many rows of X are loaded for a non-zero if rows go in groups that share them: from
   * 1 / height if the rows of each group have the same columns, to 1 if they have none in common,
   * or if there is no non-zero.
   *
   * @param height rows of a group
   * @param order a permutation of the rows, or null for the rows as they stand
   */
  static double loads(Csr matrix, int height, int[] order) {
    if (matrix.nonZeros() == 0) {
      return 1;
    }
    int[] seenBy = new int[matrix.columns()];
    long loads = 0;
    for (int place = 0; place < matrix.rows(); place++) {
      int row = order == null ? place : order[place];
      int group = place / height + 1;
      for (int i = matrix.rowPointers()[row]; i < matrix.rowPointers()[row + 1]; i++) {
        int column = matrix.columnIndices()[i];
        if (seenBy[column] != group) {
          seenBy[column] = group;
          loads++;
        }
      }
    }
    return (double) loads / matrix.nonZeros();
  }
}
