package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Block compressed sparse rows: blocks of R x C, each stored whole or not at all, row-major inside.
 * The blocks of block row r (rows r R up to r R + R) stand at {@code rowPointers[r]} up to, not
 * including, {@code rowPointers[r + 1]}, in ascending order of their block columns (Saad, Iterative
 * Methods for Sparse Linear Systems, SIAM 2003, section 3.4).
 *
 * <p>R need not divide the rows nor C the columns: blocks at the lower and right edge then reach
 * past the matrix and hold zeros there.
 */
public final class Bsr implements SparseMatrix {

  private static final Invariants INVARIANTS = new Invariants("sparse blocks (BSR)");

  private final int rows;
  private final int columns;
  private final BlockShape shape;
  private final int[] rowPointers;
  private final int[] blockColumns;
  private final float[] values;
  private final int nonZeros;

  private Bsr(
      int rows,
      int columns,
      BlockShape shape,
      int[] rowPointers,
      int[] blockColumns,
      float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.shape = shape;
    this.rowPointers = rowPointers;
    this.blockColumns = blockColumns;
    this.values = values;
    this.nonZeros = Entries.countOfValues(values);
  }

  /**
   * Takes over the arrays of a matrix after checking them.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param shape of the blocks
   * @param rowPointers one per block row and one more, from 0 up to the number of blocks
   * @param blockColumns one per block, ascending within a block row
   * @param values {@code shape.area()} per block, row-major; zero past the edges of the matrix
   * @throws InvalidInputException if an invariant does not hold
   */
  public static Bsr of(
      int rows,
      int columns,
      BlockShape shape,
      int[] rowPointers,
      int[] blockColumns,
      float[] values) {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(rowPointers, "rowPointers");
    Objects.requireNonNull(blockColumns, "blockColumns");
    Objects.requireNonNull(values, "values");
    Bsr matrix = new Bsr(rows, columns, shape, rowPointers, blockColumns, values);
    matrix.validate();
    return matrix;
  }

  /**
   * Stores the blocks that hold anything but zeros (NaN is stored, -0 is not).
   *
   * @param dense row-major, rows x columns
   */
  public static Bsr ofDense(float[] dense, int rows, int columns, BlockShape shape) {
    return of(Entries.of(dense, rows, columns), shape);
  }

  /**
   * Stores the blocks of which the mask keeps anything; what it does not keep is +0 in them.
   *
   * @param dense row-major, rows x columns
   * @param mask as many elements; its shape may be that of the weight behind the matrix view
   */
  public static Bsr ofDense(float[] dense, Mask mask, int rows, int columns, BlockShape shape) {
    return of(Entries.of(dense, mask, rows, columns), shape);
  }

  private static Bsr of(Entries entries, BlockShape shape) {
    int down = count(entries.rows, shape.height());
    int across = count(entries.columns, shape.width());
    int[] rowPointers = new int[down + 1];
    int[] found = new int[Math.min(16, across)];
    boolean[] living = new boolean[across];
    int at = 0;
    for (int block = 0; block < down; block++) {
      mark(entries, shape, block, living);
      for (int column = 0; column < across; column++) {
        if (living[column]) {
          living[column] = false;
          found = at < found.length ? found : Arrays.copyOf(found, 2 * at);
          found[at++] = column;
        }
      }
      rowPointers[block + 1] = at;
    }
    int[] blockColumns = Arrays.copyOf(found, at);
    float[] values = new float[INVARIANTS.arrayLength("values", (long) at * shape.area())];
    int to = 0;
    for (int block = 0; block < down; block++) {
      for (int i = rowPointers[block]; i < rowPointers[block + 1]; i++) {
        copy(entries, shape, block, blockColumns[i], values, to);
        to += shape.area();
      }
    }
    return new Bsr(entries.rows, entries.columns, shape, rowPointers, blockColumns, values);
  }

  private static void mark(Entries entries, BlockShape shape, int block, boolean[] living) {
    int top = block * shape.height();
    int bottom = top + Math.min(shape.height(), entries.rows - top);
    int i = top * entries.columns;
    for (int row = top; row < bottom; row++) {
      for (int column = 0; column < entries.columns; column++, i++) {
        if (entries.has(i)) {
          living[column / shape.width()] = true;
        }
      }
    }
  }

  private static void copy(
      Entries entries, BlockShape shape, int block, int blockColumn, float[] values, int to) {
    int top = block * shape.height();
    int left = blockColumn * shape.width();
    int height = Math.min(shape.height(), entries.rows - top);
    int width = Math.min(shape.width(), entries.columns - left);
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        values[to + r * shape.width() + c] = entries.value((top + r) * entries.columns + left + c);
      }
    }
  }

  private static int count(int extent, int size) {
    return (int) Footprint.ceil(extent, size);
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

  /** Returns the number of stored blocks. */
  public int blocks() {
    return blockColumns.length;
  }

  /** Returns the shape of the blocks. */
  public BlockShape shape() {
    return shape;
  }

  /** Returns the live array, block rows + 1 long: kernels read it, nobody writes it. */
  public int[] rowPointers() {
    return rowPointers;
  }

  /** Returns the live array, one per block: kernels read it, nobody writes it. */
  public int[] blockColumns() {
    return blockColumns;
  }

  /** Returns the live array, block by block, row-major inside: nobody writes it. */
  public float[] values() {
    return values;
  }

  /** Returns the transpose, in blocks of C x R. */
  public Bsr transpose() {
    int across = count(columns, shape.width());
    LineOrder lines = LineOrder.of(rowPointers, blockColumns, across);
    float[] moved = new float[values.length];
    int area = shape.area();
    for (int i = 0; i < blocks(); i++) {
      int from = lines.order()[i] * area;
      for (int r = 0; r < shape.height(); r++) {
        for (int c = 0; c < shape.width(); c++) {
          moved[i * area + c * shape.height() + r] = values[from + r * shape.width() + c];
        }
      }
    }
    BlockShape other = new BlockShape(shape.width(), shape.height());
    return new Bsr(columns, rows, other, lines.pointers(), lines.indices(), moved);
  }

  @Override
  public Csr toCsr() {
    int[] pointers = new int[rows + 1];
    int[] columnIndices = new int[nonZeros];
    float[] kept = new float[nonZeros];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int block = row / shape.height();
      int line = row % shape.height() * shape.width();
      for (int i = rowPointers[block]; i < rowPointers[block + 1]; i++) {
        for (int c = 0; c < shape.width(); c++) {
          float value = values[i * shape.area() + line + c];
          if (value != 0f) {
            columnIndices[at] = blockColumns[i] * shape.width() + c;
            kept[at++] = value;
          }
        }
      }
      pointers[row + 1] = at;
    }
    return new Csr(rows, columns, pointers, columnIndices, kept);
  }

  @Override
  public Footprint footprint() {
    return Footprint.bsr(rows, columns, shape, blocks());
  }

  @Override
  public float[] toDense() {
    float[] dense = Entries.zeros(rows, columns);
    for (int block = 0; block + 1 < rowPointers.length; block++) {
      for (int i = rowPointers[block]; i < rowPointers[block + 1]; i++) {
        int top = block * shape.height();
        int left = blockColumns[i] * shape.width();
        int width = Math.min(shape.width(), columns - left);
        int height = Math.min(shape.height(), rows - top);
        for (int r = 0; r < height; r++) {
          int from = i * shape.area() + r * shape.width();
          System.arraycopy(values, from, dense, (top + r) * columns + left, width);
        }
      }
    }
    return dense;
  }

  @Override
  public void validate() {
    INVARIANTS.extents(rows, columns);
    INVARIANTS.length(
        "values", (long) blocks() * shape.area(), blocks() + " blocks of " + shape, values.length);
    long down = Footprint.ceil(rows, shape.height());
    long across = Footprint.ceil(columns, shape.width());
    INVARIANTS.pointers("block row", down, rowPointers, blocks(), "blocks");
    INVARIANTS.ascending("block row", rowPointers, "block column", blockColumns, across);
    for (int block = 0; block < down; block++) {
      for (int i = rowPointers[block]; i < rowPointers[block + 1]; i++) {
        validateEdge(block, i);
      }
    }
  }

  /** What a block holds past the edge would be lost, or read input that is not there. */
  private void validateEdge(int block, int i) {
    long height = rows - (long) block * shape.height();
    long width = columns - (long) blockColumns[i] * shape.width();
    if (height >= shape.height() && width >= shape.width()) {
      return;
    }
    for (int at = 0; at < shape.area(); at++) {
      boolean inside = at / shape.width() < height && at % shape.width() < width;
      float value = values[i * shape.area() + at];
      if (!inside && value != 0f) {
        throw INVARIANTS.broken(
            "block row " + block + ", block " + i + ", value " + at,
            "0 past the edge of the matrix",
            value);
      }
    }
  }

  /** Two matrices are equal if they store the same blocks with the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Bsr bsr && Arrays.deepEquals(parts(), bsr.parts());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts());
  }

  private Object[] parts() {
    return new Object[] {rows, columns, shape, rowPointers, blockColumns, values};
  }

  @Override
  public String toString() {
    return "Bsr[" + rows + " x " + columns + "] stores " + blocks() + " blocks of " + shape;
  }
}
