package org.espalier.sparse.format;

import org.espalier.sparse.mask.Mask;

/** What of a dense matrix is stored: the one rule of all formats, see {@link SparseMatrix}. */
final class Entries {

  final int rows;
  final int columns;
  private final float[] dense;

  /** Null: whatever is not zero. */
  private final Mask mask;

  private Entries(float[] dense, Mask mask, int rows, int columns) {
    this.dense = dense;
    this.mask = mask;
    this.rows = rows;
    this.columns = columns;
  }

  /** Everything that is not zero (NaN is stored, -0 is not). */
  static Entries of(float[] dense, int rows, int columns) {
    requireElements(dense.length, rows, columns);
    return new Entries(dense, null, rows, columns);
  }

  /** Exactly what the mask keeps; its shape may be that of the weight behind the matrix view. */
  static Entries of(float[] dense, Mask mask, int rows, int columns) {
    requireElements(dense.length, rows, columns);
    requireElements(mask.elements(), rows, columns);
    return new Entries(dense, mask, rows, columns);
  }

  /** Returns whether the entry at this row-major index is stored. */
  boolean has(int index) {
    return mask == null ? dense[index] != 0f : mask.isKept(index);
  }

  /** Returns the value at this row-major index, +0 where nothing is stored. */
  float value(int index) {
    return has(index) ? dense[index] : 0f;
  }

  /** Returns how many are stored. */
  int count() {
    if (mask != null) {
      return mask.keptCount();
    }
    return countOfValues(dense);
  }

  /** Returns how many values are not zero. */
  static int countOfValues(float[] values) {
    int count = 0;
    for (float value : values) {
      if (value != 0f) {
        count++;
      }
    }
    return count;
  }

  /** Returns a matrix of zeros. */
  static float[] zeros(int rows, int columns) {
    long elements = (long) rows * columns;
    if (elements > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("%d x %d does not fit an array".formatted(rows, columns));
    }
    return new float[(int) elements];
  }

  private static void requireElements(int length, int rows, int columns) {
    if (rows < 0 || columns < 0 || (long) rows * columns != length) {
      throw new IllegalArgumentException(
          "%d x %d does not have %d elements".formatted(rows, columns, length));
    }
  }
}
