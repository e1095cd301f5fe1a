package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * N of each M consecutive columns of a row, packed to the left: N values per group and for each its
 * position in the group, ascending, in ceil(log2 M) bits. 2:4 has positions of 2 bits. Rows follow
 * each other, groups follow each other in a row.
 *
 * <p>A group with fewer than N entries is filled with zeros at its lowest free positions. M need
 * not divide the columns: the last group of a row then reaches past the matrix, and holds zeros
 * there. (The pattern N:M runs along axis 1; for kernels larger than 1x1 bring the weight into the
 * order output, kernel position, input channel first.)
 *
 * <p>Source: A. Mishra et al., "Accelerating Sparse Deep Neural Networks", arXiv:2104.08378,
 * section 3.
 */
public final class NmPacked implements SparseMatrix {

  private static final Invariants INVARIANTS = new Invariants("packed N:M");

  private final int rows;
  private final int columns;
  private final int keep;
  private final int group;
  private final PackedIndices positions;
  private final float[] values;
  private final int nonZeros;

  private NmPacked(
      int rows, int columns, int keep, int group, PackedIndices positions, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.keep = keep;
    this.group = group;
    this.positions = positions;
    this.values = values;
    this.nonZeros = Entries.countOfValues(values);
  }

  /**
   * Takes over the arrays of a matrix after checking them.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param keep N, at least 1
   * @param group M, at least N
   * @param positions one per value, of ceil(log2 M) bits, ascending within a group
   * @param values rows x ceil(columns / M) x N; zero past the last column
   * @throws InvalidInputException if an invariant does not hold
   */
  public static NmPacked of(
      int rows, int columns, int keep, int group, PackedIndices positions, float[] values) {
    Objects.requireNonNull(positions, "positions");
    Objects.requireNonNull(values, "values");
    NmPacked matrix = new NmPacked(rows, columns, keep, group, positions, values);
    matrix.validate();
    return matrix;
  }

  /**
   * Stores what is not zero (NaN is stored, -0 is not).
   *
   * @param dense row-major, rows x columns
   * @param keep N, at least 1
   * @param group M, at least N
   * @throws InvalidInputException if a group holds more than N
   */
  public static NmPacked ofDense(float[] dense, int rows, int columns, int keep, int group) {
    return of(Entries.of(dense, rows, columns), keep, group);
  }

  /**
   * Stores exactly the entries that the mask keeps, also those whose value is zero.
   *
   * @param dense row-major, rows x columns
   * @param mask as many elements; its shape may be that of the weight behind the matrix view
   * @param keep N, at least 1
   * @param group M, at least N
   * @throws InvalidInputException if the mask keeps more than N of a group
   */
  public static NmPacked ofDense(
      float[] dense, Mask mask, int rows, int columns, int keep, int group) {
    return of(Entries.of(dense, mask, rows, columns), keep, group);
  }

  private static NmPacked of(Entries entries, int keep, int group) {
    requireRatio(keep, group);
    long size = slots(entries.rows, entries.columns, keep, group);
    int[] positions = new int[INVARIANTS.arrayLength("values", size)];
    float[] values = new float[positions.length];
    int at = 0;
    for (int row = 0; row < entries.rows; row++) {
      for (int left = 0; left < entries.columns; left += Math.min(group, entries.columns - left)) {
        pack(entries, row, left, keep, group, positions, at);
        for (int i = at; i < at + keep; i++) {
          int column = left + positions[i];
          boolean inside = positions[i] < entries.columns - left;
          values[i] = inside ? entries.value(row * entries.columns + column) : 0f;
        }
        at += keep;
      }
    }
    int bits = IndexWidth.bitsFor(group);
    return new NmPacked(
        entries.rows, entries.columns, keep, group, PackedIndices.of(bits, positions), values);
  }

  /** Chooses the positions of one group: those of its entries, and the lowest free ones. */
  private static void pack(
      Entries entries, int row, int left, int keep, int group, int[] positions, int at) {
    int width = Math.min(group, entries.columns - left);
    int first = row * entries.columns + left;
    int living = 0;
    for (int i = 0; i < width; i++) {
      living += entries.has(first + i) ? 1 : 0;
    }
    if (living > keep) {
      throw new InvalidInputException(
          "row " + row + ", columns " + left + " to " + (left + width - 1),
          "at most %d entries, for %d:%d".formatted(keep, keep, group),
          Integer.toString(living),
          "prune with the pattern %d:%d, or store it as CSR".formatted(keep, group));
    }
    int free = keep - living;
    int to = at;
    for (int i = 0; to < at + keep; i++) {
      if (i < width && entries.has(first + i)) {
        positions[to++] = i;
      } else if (free > 0) {
        free--;
        positions[to++] = i;
      }
    }
  }

  private static long slots(int rows, int columns, int keep, int group) {
    return rows * Footprint.ceil(columns, group) * keep;
  }

  private static void requireRatio(int keep, int group) {
    if (keep < 1 || group < keep) {
      throw INVARIANTS.broken("N:M", "1 <= N <= M", keep + ":" + group);
    }
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
    return nonZeros;
  }

  /** Returns N, the values of a group. */
  public int keep() {
    return keep;
  }

  /** Returns M, the columns of a group. */
  public int group() {
    return group;
  }

  /** Returns the number of groups in a row: ceil(columns / M). */
  public int groupsPerRow() {
    return (int) Footprint.ceil(columns, group);
  }

  /** Returns the position of each value in its group. */
  public PackedIndices positions() {
    return positions;
  }

  /** Returns the live array, N per group: kernels read it, nobody writes it. */
  public float[] values() {
    return values;
  }

  @Override
  public Csr toCsr() {
    int groups = groupsPerRow();
    int[] pointers = new int[rows + 1];
    int[] columnIndices = new int[nonZeros];
    float[] kept = new float[nonZeros];
    int at = 0;
    int i = 0;
    for (int row = 0; row < rows; row++) {
      for (int left = 0; left < groups; left++) {
        for (int end = i + keep; i < end; i++) {
          if (values[i] != 0f) {
            columnIndices[at] = left * group + positions.get(i);
            kept[at++] = values[i];
          }
        }
      }
      pointers[row + 1] = at;
    }
    return new Csr(rows, columns, pointers, columnIndices, kept);
  }

  @Override
  public Footprint footprint() {
    return Footprint.nOfM(rows, columns, keep, group);
  }

  @Override
  public float[] toDense() {
    float[] dense = Entries.zeros(rows, columns);
    int groups = groupsPerRow();
    for (int i = 0; i < values.length; i++) {
      int index = i / keep;
      long column = (long) (index % groups) * group + positions.get(i);
      if (column < columns) {
        dense[index / groups * columns + (int) column] = values[i];
      }
    }
    return dense;
  }

  @Override
  public void validate() {
    INVARIANTS.extents(rows, columns);
    requireRatio(keep, group);
    INVARIANTS.length(
        "values",
        slots(rows, columns, keep, group),
        keep + " of each " + group + " columns",
        values.length);
    INVARIANTS.length("positions", values.length, "as many as values", positions.size());
    INVARIANTS.length(
        "bits of a position",
        IndexWidth.bitsFor(group),
        "enough for a group of " + group,
        positions.bits());
    for (int i = 0; i < values.length; i++) {
      validateValue(i);
    }
  }

  private void validateValue(int i) {
    int position = positions.get(i);
    int previous = i % keep == 0 ? -1 : positions.get(i - 1);
    long left = (long) (i / keep % groupsPerRow()) * group;
    if (position >= group) {
      throw INVARIANTS.broken(place(i), "a position in [0, " + group + ")", position);
    }
    if (position <= previous) {
      throw INVARIANTS.broken(place(i), "a position above " + previous, position);
    }
    if (left + position >= columns && values[i] != 0f) {
      throw INVARIANTS.broken(place(i), "0 past the last column", values[i]);
    }
  }

  private String place(int i) {
    int index = i / keep;
    return "row %d, group %d, value %d"
        .formatted(index / groupsPerRow(), index % groupsPerRow(), i % keep);
  }

  /** Two matrices are equal if they store the same groups with the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NmPacked packed && Arrays.deepEquals(parts(), packed.parts());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts());
  }

  private Object[] parts() {
    return new Object[] {rows, columns, keep, group, positions, values};
  }

  @Override
  public String toString() {
    return "NmPacked[%d x %d] stores %d:%d".formatted(rows, columns, keep, group);
  }
}
