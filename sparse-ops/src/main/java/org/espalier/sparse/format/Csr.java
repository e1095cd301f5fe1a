package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Compressed sparse rows: the entries of row r stand at {@code rowPointers[r]} up to, not
 * including, {@code rowPointers[r + 1]}, in ascending order of their columns (Saad, Iterative
 * Methods for Sparse Linear Systems, SIAM 2003, section 3.4).
 */
public final class Csr implements SparseMatrix {

  private final int rows;
  private final int columns;
  private final int[] rowPointers;
  private final int[] columnIndices;
  private final float[] values;

  private Csr(int rows, int columns, int[] rowPointers, int[] columnIndices, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.rowPointers = rowPointers;
    this.columnIndices = columnIndices;
    this.values = values;
  }

  /**
   * Takes over the arrays of a matrix after checking them.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param rowPointers rows + 1 values, from 0 up to the number of non-zeros
   * @param columnIndices one per entry, ascending within a row
   * @param values one per entry
   * @throws InvalidInputException if an invariant does not hold
   */
  public static Csr of(
      int rows, int columns, int[] rowPointers, int[] columnIndices, float[] values) {
    Objects.requireNonNull(rowPointers, "rowPointers");
    Objects.requireNonNull(columnIndices, "columnIndices");
    Objects.requireNonNull(values, "values");
    Csr matrix = new Csr(rows, columns, rowPointers, columnIndices, values);
    matrix.validate();
    return matrix;
  }

  /**
   * Stores what is not zero (NaN is stored, -0 is not).
   *
   * @param dense row-major, rows x columns
   */
  public static Csr ofDense(float[] dense, int rows, int columns) {
    requireElements(dense.length, rows, columns);
    int[] rowPointers = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      int count = rowPointers[row];
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        if (dense[i] != 0f) {
          count++;
        }
      }
      rowPointers[row + 1] = count;
    }
    int[] columnIndices = new int[rowPointers[rows]];
    float[] values = new float[rowPointers[rows]];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float value = dense[row * columns + column];
        if (value != 0f) {
          columnIndices[at] = column;
          values[at++] = value;
        }
      }
    }
    return new Csr(rows, columns, rowPointers, columnIndices, values);
  }

  /**
   * Stores exactly the entries that the mask keeps, also those whose value is zero.
   *
   * @param dense row-major, rows x columns
   * @param mask as many elements; its shape may be that of the weight behind the matrix view
   */
  public static Csr ofDense(float[] dense, Mask mask, int rows, int columns) {
    requireElements(dense.length, rows, columns);
    requireElements(mask.elements(), rows, columns);
    int[] rowPointers = new int[rows + 1];
    int[] columnIndices = new int[mask.keptCount()];
    float[] values = new float[mask.keptCount()];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int i = row * columns + column;
        if (mask.isKept(i)) {
          columnIndices[at] = column;
          values[at++] = dense[i];
        }
      }
      rowPointers[row + 1] = at;
    }
    return new Csr(rows, columns, rowPointers, columnIndices, values);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int nonZeros() {
    return values.length;
  }

  /** Returns the live array, rows + 1 long: kernels read it, nobody writes it. */
  public int[] rowPointers() {
    return rowPointers;
  }

  /** Returns the live array, one per entry: kernels read it, nobody writes it. */
  public int[] columnIndices() {
    return columnIndices;
  }

  /** Returns the live array, one per entry: kernels read it, nobody writes it. */
  public float[] values() {
    return values;
  }

  @Override
  public long bytes(int valueBytes) {
    if (valueBytes < 1) {
      throw new IllegalArgumentException("a value takes at least 1 byte, found " + valueBytes);
    }
    long perEntry = valueBytes + (long) IndexWidth.bytesFor(columns - 1);
    return nonZeros() * perEntry + (rows + 1L) * IndexWidth.bytesFor(nonZeros());
  }

  @Override
  public float[] toDense() {
    long elements = (long) rows * columns;
    if (elements > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("%d x %d does not fit an array".formatted(rows, columns));
    }
    float[] dense = new float[(int) elements];
    for (int row = 0; row < rows; row++) {
      for (int i = rowPointers[row]; i < rowPointers[row + 1]; i++) {
        dense[row * columns + columnIndices[i]] = values[i];
      }
    }
    return dense;
  }

  @Override
  public void validate() {
    require(rows >= 0, "rows", "at least 0", rows);
    require(columns >= 0, "columns", "at least 0", columns);
    require(
        rowPointers.length == rows + 1L,
        "row pointers",
        rows + 1L + " of them",
        rowPointers.length);
    require(
        columnIndices.length == values.length,
        "column indices",
        values.length + ", as many as values",
        columnIndices.length);
    require(rowPointers[0] == 0, "first row pointer", "0", rowPointers[0]);
    for (int row = 0; row < rows; row++) {
      require(
          rowPointers[row + 1] >= rowPointers[row],
          "row " + row,
          "an end at or after its start, " + rowPointers[row],
          rowPointers[row + 1]);
    }
    require(
        rowPointers[rows] == values.length,
        "last row pointer",
        values.length + ", the number of non-zeros",
        rowPointers[rows]);
    for (int row = 0; row < rows; row++) {
      validateColumns(row);
    }
  }

  private void validateColumns(int row) {
    int previous = -1;
    for (int i = rowPointers[row]; i < rowPointers[row + 1]; i++) {
      int column = columnIndices[i];
      if (column < 0 || column >= columns) {
        throw broken("row " + row + ", entry " + i, "a column in [0, " + columns + ")", column);
      }
      if (column <= previous) {
        throw broken("row " + row + ", entry " + i, "a column above " + previous, column);
      }
      previous = column;
    }
  }

  private static void require(boolean holds, String place, String expected, int found) {
    if (!holds) {
      throw broken(place, expected, found);
    }
  }

  private static InvalidInputException broken(String place, String expected, int found) {
    return new InvalidInputException(
        "sparse rows (CSR), " + place,
        expected,
        Integer.toString(found),
        "write the matrix again from its dense form");
  }

  private static void requireElements(int length, int rows, int columns) {
    if (rows < 0 || columns < 0 || (long) rows * columns != length) {
      throw new IllegalArgumentException(
          "%d x %d does not have %d elements".formatted(rows, columns, length));
    }
  }

  /** Two matrices are equal if they store the same entries with the same bits. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Csr csr
        && rows == csr.rows
        && columns == csr.columns
        && Arrays.equals(rowPointers, csr.rowPointers)
        && Arrays.equals(columnIndices, csr.columnIndices)
        && Arrays.equals(values, csr.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        rows,
        columns,
        Arrays.hashCode(rowPointers),
        Arrays.hashCode(columnIndices),
        Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return "Csr[" + rows + " x " + columns + "] stores " + nonZeros();
  }
}
