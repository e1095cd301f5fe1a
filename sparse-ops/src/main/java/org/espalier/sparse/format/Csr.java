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

  private static final Invariants INVARIANTS = new Invariants("sparse rows (CSR)");

  private final int rows;
  private final int columns;
  private final int[] rowPointers;
  private final int[] columnIndices;
  private final float[] values;

  /** Unchecked: for conversions of a matrix that has been checked. */
  Csr(int rows, int columns, int[] rowPointers, int[] columnIndices, float[] values) {
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
    return of(Entries.of(dense, rows, columns));
  }

  /**
   * Stores exactly the entries that the mask keeps, also those whose value is zero.
   *
   * @param dense row-major, rows x columns
   * @param mask as many elements; its shape may be that of the weight behind the matrix view
   */
  public static Csr ofDense(float[] dense, Mask mask, int rows, int columns) {
    return of(Entries.of(dense, mask, rows, columns));
  }

  static Csr of(Entries entries) {
    int count = entries.count();
    int[] rowPointers = new int[entries.rows + 1];
    int[] columnIndices = new int[count];
    float[] values = new float[count];
    int at = 0;
    int i = 0;
    for (int row = 0; row < entries.rows; row++) {
      for (int column = 0; column < entries.columns; column++, i++) {
        if (entries.has(i)) {
          columnIndices[at] = column;
          values[at++] = entries.value(i);
        }
      }
      rowPointers[row + 1] = at;
    }
    return new Csr(entries.rows, entries.columns, rowPointers, columnIndices, values);
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

  /** Returns the transpose, which shares the arrays of this matrix: it costs nothing. */
  public Csc transpose() {
    return new Csc(columns, rows, rowPointers, columnIndices, values);
  }

  /** Returns the same matrix column by column, in time linear in entries and columns. */
  public Csc toCsc() {
    LineOrder lines = LineOrder.of(rowPointers, columnIndices, columns);
    float[] sorted = new float[values.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values[lines.order()[i]];
    }
    return new Csc(rows, columns, lines.pointers(), lines.indices(), sorted);
  }

  @Override
  public Csr toCsr() {
    return this;
  }

  /** Returns the same matrix as coordinates; columns and values are shared. */
  public Coo toCoo() {
    int[] rowIndices = new int[values.length];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(rowIndices, rowPointers[row], rowPointers[row + 1], row);
    }
    return new Coo(rows, columns, rowIndices, columnIndices, values);
  }

  @Override
  public Footprint footprint() {
    return Footprint.csr(rows, columns, nonZeros());
  }

  @Override
  public float[] toDense() {
    float[] dense = Entries.zeros(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int i = rowPointers[row]; i < rowPointers[row + 1]; i++) {
        dense[row * columns + columnIndices[i]] = values[i];
      }
    }
    return dense;
  }

  @Override
  public void validate() {
    INVARIANTS.extents(rows, columns);
    INVARIANTS.length("column indices", values.length, "as many as values", columnIndices.length);
    INVARIANTS.pointers("row", rows, rowPointers, values.length, "non-zeros");
    INVARIANTS.ascending("row", rowPointers, "column", columnIndices, columns);
  }

  /** Two matrices are equal if they store the same entries with the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Csr csr && Arrays.deepEquals(parts(), csr.parts());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts());
  }

  private Object[] parts() {
    return new Object[] {rows, columns, rowPointers, columnIndices, values};
  }

  @Override
  public String toString() {
    return "Csr[" + rows + " x " + columns + "] stores " + nonZeros();
  }
}
