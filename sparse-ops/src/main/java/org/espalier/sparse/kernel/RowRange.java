package org.espalier.sparse.kernel;

import org.espalier.sparse.format.Csr;

/**
 * Some consecutive rows of a matrix.
 *
 * @param begin first row, at least 0
 * @param end one past the last row, at least {@code begin}
 */
public record RowRange(int begin, int end) {

  /** Checks the order of the two ends. */
  public RowRange {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("not a range of rows: [%d, %d)".formatted(begin, end));
    }
  }

  /** Returns the range of all rows. */
  public static RowRange all(Csr matrix) {
    return new RowRange(0, matrix.rows());
  }

  /**
   * Cuts the rows into consecutive ranges of about equal work, where a row costs its non-zeros plus
   * one for its output.
   *
   * @param parts how many, at least 1; ranges may be empty
   */
  public static RowRange[] split(Csr matrix, int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("parts must be at least 1, found " + parts);
    }
    int[] pointers = matrix.rowPointers();
    int rows = matrix.rows();
    long total = (long) matrix.nonZeros() + rows;
    RowRange[] ranges = new RowRange[parts];
    int begin = 0;
    for (int part = 0; part < parts; part++) {
      // The first row at which the work before it reaches this part's share.
      long share = total * (part + 1) / parts;
      int low = begin;
      int high = rows;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if ((long) pointers[middle] + middle >= share) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      ranges[part] = new RowRange(begin, low);
      begin = low;
    }
    return ranges;
  }
}
