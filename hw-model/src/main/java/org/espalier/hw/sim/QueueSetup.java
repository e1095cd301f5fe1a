package org.espalier.hw.sim;

/**
 * The sizes of a machine whose processing elements share a broadcast. Rows i with equal i mod
 * {@code elements} belong to one element; a batch of rows is {@code rowsPerElement} of them on
 * each.
 *
 * @param elements processing elements, at least 1
 * @param depth columns that a queue holds, at least 1
 * @param rowsPerElement outputs that an element accumulates at a time, at least 1
 * @param columnsPerBatch inputs that are loaded at a time, at least 1
 * @param indexBits bits of the run of zeros before an entry, 1 to 16
 * @param batchCycles spent around each batch on loading inputs and storing outputs, at least 0
 */
public record QueueSetup(
    int elements,
    int depth,
    int rowsPerElement,
    int columnsPerBatch,
    int indexBits,
    int batchCycles) {

  /** Checks the ranges. */
  public QueueSetup {
    if (elements < 1 || depth < 1 || rowsPerElement < 1 || columnsPerBatch < 1) {
      throw new IllegalArgumentException(
          "sizes must be at least 1: %d elements, depth %d, %d rows, %d columns"
              .formatted(elements, depth, rowsPerElement, columnsPerBatch));
    }
    if (indexBits < 1 || indexBits > 16 || batchCycles < 0) {
      throw new IllegalArgumentException(
          "out of range: %d bits, %d cycles".formatted(indexBits, batchCycles));
    }
  }

  /** Returns the rows of a full batch; no more than a matrix can have. */
  public int rowsPerBatch() {
    return (int) Math.min(Integer.MAX_VALUE, (long) elements * rowsPerElement);
  }

  /** Returns how many of {@code rows} rows belong to an element. */
  public int rowsOf(int element, int rows) {
    return element < rows ? (rows - 1 - element) / elements + 1 : 0;
  }

  /** Returns how many batches of rows and columns a matrix falls into. */
  public long batches(int rows, int columns) {
    return (long) parts(rows, rowsPerBatch()) * parts(columns, columnsPerBatch);
  }

  /** Returns the largest run of zeros, plus the entry itself: what padding uses up. */
  int span() {
    return 1 << indexBits;
  }

  static int parts(int whole, int part) {
    return (whole - 1) / part + 1;
  }
}
