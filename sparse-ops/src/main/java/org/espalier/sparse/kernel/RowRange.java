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
    RowRange[] ranges = new RowRange[parts];
    for (int part = 0; part < parts; part++) {
      ranges[part] = part(matrix, part, parts);
    }
    return ranges;
  }

  /** Returns one of the ranges of {@link #split}: part {@code part} of {@code parts}, from 0. */
  static RowRange part(Csr matrix, int part, int parts) {
    return new RowRange(boundary(matrix, part, parts), boundary(matrix, part + 1, parts));
  }

  /** Returns the first row at which the work before it reaches the share of some parts. */
  private static int boundary(Csr matrix, int part, int parts) {
    int[] pointers = matrix.rowPointers();
    int rows = matrix.rows();
    long share = ((long) matrix.nonZeros() + rows) * part / parts;
    int low = 0;
    int high = rows;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((long) pointers[middle] + middle >= share) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
