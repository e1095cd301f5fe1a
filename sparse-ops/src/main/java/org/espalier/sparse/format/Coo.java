package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Coordinates: row, column and value of each entry, row by row in ascending order of columns, no
 * entry twice (Saad, Iterative Methods for Sparse Linear Systems, SIAM 2003, section 3.4).
 */
public final class Coo implements SparseMatrix {

  private static final Invariants INVARIANTS = new Invariants("coordinates (COO)");

  private final int rows;
  private final int columns;
  private final int[] rowIndices;
  private final int[] columnIndices;
  private final float[] values;

  /** Unchecked: for conversions of a matrix that has been checked. */
  Coo(int rows, int columns, int[] rowIndices, int[] columnIndices, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.rowIndices = rowIndices;
    this.columnIndices = columnIndices;
    this.values = values;
  }

  /**
   * Takes over the arrays of a matrix after checking them.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param rowIndices one per entry, not descending
   * @param columnIndices one per entry, ascending within a row
   * @param values one per entry
   * @throws InvalidInputException if an invariant does not hold
   */
  public static Coo of(
      int rows, int columns, int[] rowIndices, int[] columnIndices, float[] values) {
    Objects.requireNonNull(rowIndices, "rowIndices");
    Objects.requireNonNull(columnIndices, "columnIndices");
    Objects.requireNonNull(values, "values");
    Coo matrix = new Coo(rows, columns, rowIndices, columnIndices, values);
    matrix.validate();
    return matrix;
  }

  /**
   * Stores what is not zero (NaN is stored, -0 is not).
   *
   * @param dense row-major, rows x columns
   */
  public static Coo ofDense(float[] dense, int rows, int columns) {
    return Csr.ofDense(dense, rows, columns).toCoo();
  }

  /**
   * Stores exactly the entries that the mask keeps, also those whose value is zero.
   *
   * @param dense row-major, rows x columns
   * @param mask as many elements; its shape may be that of the weight behind the matrix view
   */
  public static Coo ofDense(float[] dense, Mask mask, int rows, int columns) {
    return Csr.ofDense(dense, mask, rows, columns).toCoo();
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

  /** Returns the live array, one per entry: kernels read it, nobody writes it. */
  public int[] rowIndices() {
    return rowIndices;
  }

  /** Returns the live array, one per entry: kernels read it, nobody writes it. */
  public int[] columnIndices() {
    return columnIndices;
  }

  /** Returns the live array, one per entry: kernels read it, nobody writes it. */
  public float[] values() {
    return values;
  }

  /** Returns the transpose, sorted anew in time linear in entries and columns. */
  public Coo transpose() {
    return toCsr().toCsc().transpose().toCoo();
  }

  /** Returns the same matrix as compressed rows; columns and values are shared. */
  @Override
  public Csr toCsr() {
    int[] rowPointers = new int[rows + 1];
    for (int row : rowIndices) {
      rowPointers[row + 1]++;
    }
    for (int row = 0; row < rows; row++) {
      rowPointers[row + 1] += rowPointers[row];
    }
    return new Csr(rows, columns, rowPointers, columnIndices, values);
  }

  @Override
  public Footprint footprint() {
    return Footprint.coo(rows, columns, nonZeros());
  }

  @Override
  public float[] toDense() {
    float[] dense = Entries.zeros(rows, columns);
    for (int i = 0; i < values.length; i++) {
      dense[rowIndices[i] * columns + columnIndices[i]] = values[i];
    }
    return dense;
  }

  @Override
  public void validate() {
    INVARIANTS.extents(rows, columns);
    INVARIANTS.length("row indices", values.length, "as many as values", rowIndices.length);
    INVARIANTS.length("column indices", values.length, "as many as values", columnIndices.length);
    for (int i = 0; i < values.length; i++) {
      int row = rowIndices[i];
      int column = columnIndices[i];
      if (row < 0 || row >= rows) {
        throw INVARIANTS.broken("entry " + i, "a row in [0, " + rows + ")", row);
      }
      if (column < 0 || column >= columns) {
        throw INVARIANTS.broken("entry " + i, "a column in [0, " + columns + ")", column);
      }
      if (i > 0 && row < rowIndices[i - 1]) {
        throw INVARIANTS.broken("entry " + i, "a row from " + rowIndices[i - 1] + " on", row);
      }
      if (i > 0 && row == rowIndices[i - 1] && column <= columnIndices[i - 1]) {
        throw INVARIANTS.broken("entry " + i, "a column above " + columnIndices[i - 1], column);
      }
    }
  }

  /** Two matrices are equal if they store the same entries with the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Coo coo && Arrays.deepEquals(parts(), coo.parts());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts());
  }

  private Object[] parts() {
    return new Object[] {rows, columns, rowIndices, columnIndices, values};
  }

  @Override
  public String toString() {
    return "Coo[" + rows + " x " + columns + "] stores " + nonZeros();
  }
}
