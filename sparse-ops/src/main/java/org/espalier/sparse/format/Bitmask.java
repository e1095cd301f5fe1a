package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * A bit per element says whether it is stored; the values follow in the same, row-major order. The
 * bit of row r and column c is bit {@code i % 64} of word {@code i / 64} with {@code i = r columns
 * + c}, as in {@link Mask} (the bitmap of T. Hoefler et al., "Sparsity in Deep Learning", JMLR
 * 2021).
 */
public final class Bitmask implements SparseMatrix {

  private static final Invariants INVARIANTS = new Invariants("bitmask");

  private final int rows;
  private final int columns;
  private final long[] words;
  private final float[] values;

  private Bitmask(int rows, int columns, long[] words, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.words = words;
    this.values = values;
  }

  /**
   * Takes over the arrays of a matrix after checking them.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param words ceil(rows columns / 64) words; bits past the last element are clear
   * @param values one per bit that is set
   * @throws InvalidInputException if an invariant does not hold
   */
  public static Bitmask of(int rows, int columns, long[] words, float[] values) {
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(values, "values");
    Bitmask matrix = new Bitmask(rows, columns, words, values);
    matrix.validate();
    return matrix;
  }

  /**
   * Stores what is not zero (NaN is stored, -0 is not).
   *
   * @param dense row-major, rows x columns
   */
  public static Bitmask ofDense(float[] dense, int rows, int columns) {
    return of(Entries.of(dense, rows, columns), dense.length);
  }

  /**
   * Stores exactly the entries that the mask keeps, also those whose value is zero.
   *
   * @param dense row-major, rows x columns
   * @param mask as many elements; its shape may be that of the weight behind the matrix view
   */
  public static Bitmask ofDense(float[] dense, Mask mask, int rows, int columns) {
    return of(Entries.of(dense, mask, rows, columns), dense.length);
  }

  private static Bitmask of(Entries entries, int elements) {
    long[] words = new long[Mask.wordCount(elements)];
    float[] values = new float[entries.count()];
    int at = 0;
    for (int i = 0; i < elements; i++) {
      if (entries.has(i)) {
        words[i >> 6] |= 1L << i;
        values[at++] = entries.value(i);
      }
    }
    return new Bitmask(entries.rows, entries.columns, words, values);
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

  /** Returns the live array, a bit per element: kernels read it, nobody writes it. */
  public long[] words() {
    return words;
  }

  /** Returns the live array, one per bit that is set: kernels read it, nobody writes it. */
  public float[] values() {
    return values;
  }

  /**
   * Counts where the values of each row begin, rows + 1 numbers. They are not part of the format:
   * who needs them again keeps them.
   */
  public int[] rowStarts() {
    int[] starts = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      long first = (long) row * columns;
      starts[row + 1] = starts[row] + bitsIn(first, first + columns);
    }
    return starts;
  }

  private int bitsIn(long from, long to) {
    int count = 0;
    for (long i = from; i < to; ) {
      long next = Math.min(to, (i | 63) + 1);
      long word = words[(int) (i >> 6)] >>> i;
      int width = (int) (next - i);
      count += Long.bitCount(width == 64 ? word : word & (1L << width) - 1);
      i = next;
    }
    return count;
  }

  /** Returns the transpose. */
  public Bitmask transpose() {
    Csr turned = toCsr().toCsc().transpose();
    long[] bits = new long[words.length];
    for (int row = 0; row < columns; row++) {
      for (int i = turned.rowPointers()[row]; i < turned.rowPointers()[row + 1]; i++) {
        long bit = (long) row * rows + turned.columnIndices()[i];
        bits[(int) (bit >> 6)] |= 1L << bit;
      }
    }
    return new Bitmask(columns, rows, bits, turned.values());
  }

  /** Returns the same matrix as compressed rows; the values are shared. */
  @Override
  public Csr toCsr() {
    int[] columnIndices = new int[values.length];
    int at = 0;
    for (int w = 0; w < words.length; w++) {
      for (long left = words[w]; left != 0; left &= left - 1) {
        long bit = ((long) w << 6) + Long.numberOfTrailingZeros(left);
        columnIndices[at++] = (int) (bit % columns);
      }
    }
    return new Csr(rows, columns, rowStarts(), columnIndices, values);
  }

  @Override
  public Footprint footprint() {
    return Footprint.bitmask(rows, columns, nonZeros());
  }

  @Override
  public float[] toDense() {
    float[] dense = Entries.zeros(rows, columns);
    int at = 0;
    for (int w = 0; w < words.length; w++) {
      for (long left = words[w]; left != 0; left &= left - 1) {
        dense[(w << 6) + Long.numberOfTrailingZeros(left)] = values[at++];
      }
    }
    return dense;
  }

  @Override
  public void validate() {
    INVARIANTS.extents(rows, columns);
    long elements = (long) rows * columns;
    INVARIANTS.length(
        "words", Footprint.ceil(elements, Long.SIZE), "a bit per element", words.length);
    int tail = (int) (elements & 63);
    if (tail != 0 && words[words.length - 1] >>> tail != 0) {
      throw INVARIANTS.broken(
          "word " + (words.length - 1),
          "no bits past the last element, from bit " + tail + " on",
          "0x" + Long.toHexString(words[words.length - 1]));
    }
    long set = 0;
    for (long word : words) {
      set += Long.bitCount(word);
    }
    INVARIANTS.length("values", set, "as many as bits are set", values.length);
  }

  /** Two matrices are equal if they store the same entries with the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Bitmask mask && Arrays.deepEquals(parts(), mask.parts());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts());
  }

  private Object[] parts() {
    return new Object[] {rows, columns, words, values};
  }

  @Override
  public String toString() {
    return "Bitmask[" + rows + " x " + columns + "] stores " + nonZeros();
  }
}
