package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Compressed sparse columns: the entries of column c stand at {@code columnPointers[c]} up to, not
 * including, {@code columnPointers[c + 1]}, in ascending order of their rows (Saad, Iterative
 * Methods for Sparse Linear Systems, SIAM 2003, section 3.4).
 */
public final class Csc implements SparseMatrix {

  private static final Invariants INVARIANTS = new Invariants("sparse columns (CSC)");

  private final int rows;
  private final int columns;
  private final int[] columnPointers;
  private final int[] rowIndices;
  private final float[] values;

  /** Unchecked: for conversions of a matrix that has been checked. */
  Csc(int rows, int columns, int[] columnPointers, int[] rowIndices, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.columnPointers = columnPointers;
    this.rowIndices = rowIndices;
    this.values = values;
  }

  /**
   * Takes over the arrays of a matrix after checking them.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param columnPointers columns + 1 values, from 0 up to the number of non-zeros
   * @param rowIndices one per entry, ascending within a column
   * @param values one per entry
   * @throws InvalidInputException if an invariant does not hold
   */
  public static Csc of(
      int rows, int columns, int[] columnPointers, int[] rowIndices, float[] values) {
    Objects.requireNonNull(columnPointers, "columnPointers");
    Objects.requireNonNull(rowIndices, "rowIndices");
    Objects.requireNonNull(values, "values");
    Csc matrix = new Csc(rows, columns, columnPointers, rowIndices, values);
    matrix.validate();
    return matrix;
  }

  /**
   * Stores what is not zero (NaN is stored, -0 is not).
   *
   * @param dense row-major, rows x columns
   */
  public static Csc ofDense(float[] dense, int rows, int columns) {
    return Csr.ofDense(dense, rows, columns).toCsc();
  }

  /**
   * Stores exactly the entries that the mask keeps, also those whose value is zero.
   *
   * @param dense row-major, rows x columns
   * @param mask as many elements; its shape may be that of the weight behind the matrix view
   */
  public static Csc ofDense(float[] dense, Mask mask, int rows, int columns) {
    return Csr.ofDense(dense, mask, rows, columns).toCsc();
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

  /** Returns the live array, columns + 1 long: kernels read it, nobody writes it. */
  public int[] columnPointers() {
    return columnPointers;
  }

  /** Returns the live array, one per entry: kernels read it, nobody writes it. */
  public int[] rowIndices() {
    return rowIndices;
  }

  /** Returns the live array, one per entry: kernels read it, nobody writes it. */
  public float[] values() {
    return values;
  }

  /** Returns the transpose, which shares the arrays of this matrix: it costs nothing. */
  public Csr transpose() {
    return new Csr(columns, rows, columnPointers, rowIndices, values);
  }

  /** Returns the same matrix row by row, in time linear in entries and rows. */
  @Override
  public Csr toCsr() {
    return transpose().toCsc().transpose();
  }

  @Override
  public Footprint footprint() {
    return Footprint.csc(rows, columns, nonZeros());
  }

  @Override
  public float[] toDense() {
    float[] dense = Entries.zeros(rows, columns);
    for (int column = 0; column < columns; column++) {
      for (int i = columnPointers[column]; i < columnPointers[column + 1]; i++) {
        dense[rowIndices[i] * columns + column] = values[i];
      }
    }
    return dense;
  }

  @Override
  public void validate() {
    INVARIANTS.extents(rows, columns);
    INVARIANTS.length("row indices", values.length, "as many as values", rowIndices.length);
    INVARIANTS.pointers("column", columns, columnPointers, values.length, "non-zeros");
    INVARIANTS.ascending("column", columnPointers, "row", rowIndices, rows);
  }

  /** Two matrices are equal if they store the same entries with the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Csc csc && Arrays.deepEquals(parts(), csc.parts());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts());
  }

  private Object[] parts() {
    return new Object[] {rows, columns, columnPointers, rowIndices, values};
  }

  @Override
  public String toString() {
    return "Csc[" + rows + " x " + columns + "] stores " + nonZeros();
  }
}
