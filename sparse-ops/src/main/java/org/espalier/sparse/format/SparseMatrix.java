package org.espalier.sparse.format;

import org.espalier.sparse.InvalidInputException;

/**
 * A sparse matrix view of a weight: rows are output features, columns the rest.
 *
 * <p>All formats agree on what they store. Built from a dense array alone, they keep every value
 * that is not zero: NaN with its payload, infinities and subnormals, but not -0. Built with a mask,
 * they keep exactly what the mask keeps, also zeros of either sign. {@link #toDense} gives back the
 * bits of what was kept and +0 everywhere else.
 *
 * <p>Matrices do not change. Arrays handed in are checked and taken over, arrays handed out are
 * live: kernels read them, nobody writes them.
 *
 * <p>The type is sealed: kernels and cost models switch over it exhaustively.
 */
public sealed interface SparseMatrix
    permits Bitmask, Bsr, Coo, Csc, Csr, NmPacked, RelativeIndexCsc {

  /** Returns the number of rows, at least 0. */
  int rows();

  /** Returns the number of columns, at least 0. */
  int columns();

  /**
   * Returns the number of entries: one that is stored counts even if its value is zero. Formats
   * that fill up with zeros (blocks, N:M groups, long runs) cannot tell fill from such an entry and
   * count what is not zero; {@code footprint().values()} counts all that they store.
   */
  int nonZeros();

  /** Returns what the format takes, whatever the width of a value. */
  Footprint footprint();

  /**
   * Returns what the format takes when each index is stored in the smallest of 1, 2 and 4 bytes
   * that holds the largest value it must take; indices of fewer bits are packed without gaps.
   *
   * @param valueBytes bytes of one stored value, at least 1
   */
  default long bytes(int valueBytes) {
    return footprint().bytes(valueBytes);
  }

  /** Returns the bits of all that is not a value: indices, pointers, bits of presence. */
  default long metadataBits() {
    return footprint().metadataBits();
  }

  /**
   * Returns all entries, row-major, rows x columns.
   *
   * @throws IllegalStateException if that is more than an array holds
   */
  float[] toDense();

  /**
   * Returns the same matrix as compressed rows, in time and memory linear in what is stored and the
   * number of rows and columns: no dense matrix is made. Arrays may be shared. Formats that fill up
   * with zeros leave out every value that is zero.
   */
  Csr toCsr();

  /**
   * Checks the structure, not the values.
   *
   * @throws InvalidInputException that names the first broken invariant, its place and its values
   */
  void validate();
}
