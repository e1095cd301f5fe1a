package org.espalier.sparse.format;

import org.espalier.sparse.InvalidInputException;

/**
 * A sparse matrix view of a weight: rows are output features, columns the rest.
 *
 * <p>The type is sealed: kernels and cost models switch over it exhaustively.
 */
public sealed interface SparseMatrix permits Csr {

  /** Returns the number of rows, at least 0. */
  int rows();

  /** Returns the number of columns, at least 0. */
  int columns();

  /** Returns the number of stored entries; one that is stored counts even if its value is zero. */
  int nonZeros();

  /**
   * Returns what the format takes when each index is stored in the smallest of 1, 2 and 4 bytes
   * that holds the largest value it must take.
   *
   * @param valueBytes bytes of one stored value, at least 1
   */
  long bytes(int valueBytes);

  /**
   * Returns all entries, row-major, rows x columns.
   *
   * @throws IllegalStateException if that is more than an array holds
   */
  float[] toDense();

  /**
   * Checks the structure, not the values.
   *
   * @throws InvalidInputException that names the first broken invariant, its row and its values
   */
  void validate();
}
