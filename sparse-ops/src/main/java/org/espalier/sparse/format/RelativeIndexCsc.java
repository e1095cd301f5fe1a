package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Columns with relative row indices, interleaved over processing elements, as the accelerator EIE
 * keeps them. Rows i with equal i mod P belong to one element, where row i is local row i / P. Each
 * element stores its part of every column, column after column: per entry a value and a run, the
 * number of local rows without an entry since the one before, in b bits. A run longer than 2^b - 1
 * is broken by padding: an entry with the value 0 and the run 2^b - 1, which so uses up 2^b local
 * rows. Pointers count within an element: columns + 1 of them for each.
 *
 * <p>Source: S. Han et al., "EIE: Efficient Inference Engine on Compressed Deep Neural Network",
 * ISCA 2016, section 3 (P = 64 and b = 4 there).
 */
public final class RelativeIndexCsc implements SparseMatrix {

  /** The bits of a run in EIE. */
  public static final int EIE_INDEX_BITS = 4;

  /** The widest run: beyond it relative indices have no purpose. */
  static final int MOST_INDEX_BITS = 16;

  private static final Invariants INVARIANTS = new Invariants("relative-index columns");

  private final int rows;
  private final int columns;
  private final int elements;
  private final int[] pointers;
  private final PackedIndices runs;
  private final float[] values;
  private final int nonZeros;

  private RelativeIndexCsc(
      int rows, int columns, int elements, int[] pointers, PackedIndices runs, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.elements = elements;
    this.pointers = pointers;
    this.runs = runs;
    this.values = values;
    this.nonZeros = Entries.countOfValues(values);
  }

  /**
   * Takes over the arrays of a matrix after checking them.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param elements P, number of processing elements, at least 1
   * @param pointers P x (columns + 1): for each element from 0 up to the number of its entries
   * @param runs one per entry, of 1 to 16 bits
   * @param values one per entry, element after element
   * @throws InvalidInputException if an invariant does not hold
   */
  public static RelativeIndexCsc of(
      int rows, int columns, int elements, int[] pointers, PackedIndices runs, float[] values) {
    Objects.requireNonNull(pointers, "pointers");
    Objects.requireNonNull(runs, "runs");
    Objects.requireNonNull(values, "values");
    RelativeIndexCsc matrix = new RelativeIndexCsc(rows, columns, elements, pointers, runs, values);
    matrix.validate();
    return matrix;
  }

  /**
   * Stores what is not zero (NaN is stored, -0 is not).
   *
   * @param dense row-major, rows x columns
   * @param elements P, number of processing elements, at least 1
   * @param indexBits bits of a run, 1 to 16; {@link #EIE_INDEX_BITS} in EIE
   */
  public static RelativeIndexCsc ofDense(
      float[] dense, int rows, int columns, int elements, int indexBits) {
    return of(Entries.of(dense, rows, columns), elements, indexBits);
  }

  /**
   * Stores exactly the entries that the mask keeps, also those whose value is zero.
   *
   * @param dense row-major, rows x columns
   * @param mask as many elements; its shape may be that of the weight behind the matrix view
   * @param elements P, number of processing elements, at least 1
   * @param indexBits bits of a run, 1 to 16; {@link #EIE_INDEX_BITS} in EIE
   */
  public static RelativeIndexCsc ofDense(
      float[] dense, Mask mask, int rows, int columns, int elements, int indexBits) {
    return of(Entries.of(dense, mask, rows, columns), elements, indexBits);
  }

  private static RelativeIndexCsc of(Entries entries, int elements, int indexBits) {
    requireLayout(entries.columns, elements, indexBits);
    int[] pointers = new int[elements * (entries.columns + 1)];
    RunWriter writer = new RunWriter(indexBits, entries.count());
    for (int element = 0; element < elements; element++) {
      int first = writer.size();
      int base = element * (entries.columns + 1);
      int local = localRows(entries.rows, elements, element);
      for (int column = 0; column < entries.columns; column++) {
        writer.startColumn();
        for (int row = 0; row < local; row++) {
          int i = (element + row * elements) * entries.columns + column;
          if (entries.has(i)) {
            writer.write(row, entries.value(i));
          }
        }
        pointers[base + column + 1] = writer.size() - first;
      }
    }
    return new RelativeIndexCsc(
        entries.rows, entries.columns, elements, pointers, writer.runs(), writer.values());
  }

  private static void requireLayout(int columns, int elements, int indexBits) {
    INVARIANTS.require(elements >= 1, "processing elements", "at least 1", elements);
    INVARIANTS.require(
        elements * (columns + 1L) <= Integer.MAX_VALUE - 8,
        "processing elements",
        "at most " + (Integer.MAX_VALUE - 8) / (columns + 1L) + " for " + columns + " columns",
        elements);
    INVARIANTS.require(
        indexBits >= 1 && indexBits <= MOST_INDEX_BITS,
        "bits of a run",
        "1 to " + MOST_INDEX_BITS,
        indexBits);
  }

  /** Returns how many of the rows belong to an element. */
  private static int localRows(int rows, int elements, int element) {
    return element < rows ? (rows - 1 - element) / elements + 1 : 0;
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

  /** Returns P, the number of processing elements. */
  public int elements() {
    return elements;
  }

  /** Returns the number of entries, padding included. */
  public int entries() {
    return values.length;
  }

  /**
   * Returns the entries of an element in a column, padding included: the multiplications that it
   * issues when the input of that column is not zero.
   */
  public int entries(int element, int column) {
    Objects.checkIndex(element, elements);
    Objects.checkIndex(column, columns);
    int at = element * (columns + 1) + column;
    return pointers[at + 1] - pointers[at];
  }

  /**
   * Returns the entries that only break a run. A zero that a mask kept looks the same where its run
   * is the longest one.
   */
  public int paddingEntries() {
    int longest = (1 << runs.bits()) - 1;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 0f && runs.get(i) == longest) {
        count++;
      }
    }
    return count;
  }

  /** Returns the live array, P x (columns + 1): readers read it, nobody writes it. */
  public int[] pointers() {
    return pointers;
  }

  /** Returns the run of each entry. */
  public PackedIndices runs() {
    return runs;
  }

  /** Returns the live array, one per entry, element after element: nobody writes it. */
  public float[] values() {
    return values;
  }

  @Override
  public Footprint footprint() {
    int fullest = 0;
    for (int element = 1; element <= elements; element++) {
      fullest = Math.max(fullest, pointers[element * (columns + 1) - 1]);
    }
    return Footprint.relative(columns, elements, runs.bits(), entries(), fullest);
  }

  @Override
  public Csr toCsr() {
    int[] rowPointers = new int[rows + 1];
    walk((row, column, value) -> rowPointers[row + 1]++);
    for (int row = 0; row < rows; row++) {
      rowPointers[row + 1] += rowPointers[row];
    }
    int[] next = rowPointers.clone();
    int[] columnIndices = new int[nonZeros];
    float[] kept = new float[nonZeros];
    // A row belongs to one element, whose columns ascend.
    walk(
        (row, column, value) -> {
          columnIndices[next[row]] = column;
          kept[next[row]++] = value;
        });
    return new Csr(rows, columns, rowPointers, columnIndices, kept);
  }

  private interface Visitor {
    void entry(int row, int column, float value);
  }

  /** Visits what is not zero, element by element, column by column. */
  private void walk(Visitor visitor) {
    int at = 0;
    for (int element = 0; element < elements; element++) {
      for (int column = 0; column < columns; column++) {
        int local = -1;
        for (int end = at + entries(element, column); at < end; at++) {
          local += runs.get(at) + 1;
          if (values[at] != 0f) {
            visitor.entry(element + local * elements, column, values[at]);
          }
        }
      }
    }
  }

  @Override
  public float[] toDense() {
    float[] dense = Entries.zeros(rows, columns);
    int at = 0;
    for (int element = 0; element < elements; element++) {
      for (int column = 0; column < columns; column++) {
        int local = -1;
        for (int end = at + entries(element, column); at < end; at++) {
          local += runs.get(at) + 1;
          dense[(element + local * elements) * columns + column] = values[at];
        }
      }
    }
    return dense;
  }

  @Override
  public void validate() {
    INVARIANTS.extents(rows, columns);
    requireLayout(columns, elements, runs.bits());
    INVARIANTS.length("runs", values.length, "as many as values", runs.size());
    INVARIANTS.length(
        "pointers", elements * (columns + 1L), "columns + 1 per element", pointers.length);
    long first = 0;
    for (int element = 0; element < elements; element++) {
      first += validatePointers(element, values.length - first);
    }
    INVARIANTS.length("values", first, "the sum of the elements' last pointers", values.length);
    int at = 0;
    for (int element = 0; element < elements; element++) {
      for (int column = 0; column < columns; column++) {
        validateRuns(element, column, at);
        at += entries(element, column);
      }
    }
  }

  private int validatePointers(int element, long most) {
    int base = element * (columns + 1);
    String place = "element " + element;
    INVARIANTS.require(pointers[base] == 0, place + ", first pointer", "0", pointers[base]);
    for (int column = 0; column < columns; column++) {
      int start = pointers[base + column];
      int end = pointers[base + column + 1];
      if (end < start) {
        throw INVARIANTS.broken(
            place + ", column " + column, "an end at or after its start, " + start, end);
      }
      if (end > most) {
        throw INVARIANTS.broken(
            place + ", column " + column, "at most " + most + ", the entries left", end);
      }
    }
    return pointers[base + columns];
  }

  private void validateRuns(int element, int column, int from) {
    int limit = localRows(rows, elements, element);
    long local = -1;
    for (int at = from; at < from + entries(element, column); at++) {
      local += runs.get(at) + 1L;
      if (local >= limit) {
        throw INVARIANTS.broken(
            "element %d, column %d, entry %d".formatted(element, column, at),
            "a run that ends in one of its " + limit + " rows",
            local);
      }
    }
  }

  /** Two matrices are equal if they store the same entries with the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RelativeIndexCsc csc && Arrays.deepEquals(parts(), csc.parts());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts());
  }

  private Object[] parts() {
    return new Object[] {rows, columns, elements, pointers, runs, values};
  }

  @Override
  public String toString() {
    return "RelativeIndexCsc[%d x %d] stores %d with runs of %d bits for %d elements"
        .formatted(rows, columns, entries(), runs.bits(), elements);
  }
}
