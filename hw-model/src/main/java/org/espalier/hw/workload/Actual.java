package org.espalier.hw.workload;

import java.util.Objects;
import org.espalier.sparse.mask.Mask;

/** A mask that is known: it always wins over a model. */
public final class Actual implements Occupancy {

  private final Mask mask;
  private final int rows;
  private final int columns;
  private final long[] words;
  private final int[] rowCounts;
  private final int[] columnCounts;

  /**
   * @param mask of a tensor; its matrix view has shape[0] rows and the rest as columns
   */
  public Actual(Mask mask) {
    this(mask, mask.shape()[0], mask.elements() / mask.shape()[0]);
  }

  /**
   * @param mask of any shape
   * @param rows of its matrix view, row-major
   * @param columns of its matrix view
   */
  public Actual(Mask mask, int rows, int columns) {
    Extents.require(rows, columns);
    if (mask.elements() != rows * columns) {
      throw new IllegalArgumentException(
          "%s is no matrix of %d x %d".formatted(mask, rows, columns));
    }
    this.mask = Objects.requireNonNull(mask, "mask");
    this.rows = rows;
    this.columns = columns;
    this.words = mask.toWords();
    this.rowCounts = new int[rows];
    this.columnCounts = new int[columns];
    forEachNonZero(
        (row, column) -> {
          rowCounts[row]++;
          columnCounts[column]++;
        });
  }

  /**
   * Returns the matrix that is not zero within {@code halfWidth} columns of its diagonal: element
   * (i, j) lives if |j - floor(i * columns / rows)| is at most that.
   *
   * @param halfWidth at least 0
   */
  public static Actual banded(int rows, int columns, int halfWidth) {
    Extents.require(rows, columns);
    if (halfWidth < 0) {
      throw new IllegalArgumentException("a band has a width of at least 0: " + halfWidth);
    }
    long[] words = new long[Mask.wordCount(rows * columns)];
    for (int row = 0; row < rows; row++) {
      int center = (int) ((long) row * columns / rows);
      int end = (int) Math.min(columns - 1L, (long) center + halfWidth);
      for (int column = Math.max(0, center - halfWidth); column <= end; column++) {
        int i = row * columns + column;
        words[i >> 6] |= 1L << i;
      }
    }
    return new Actual(Mask.ofWords(new int[] {rows, columns}, words));
  }

  /** What is done with the place of a non-zero. */
  public interface Visitor {
    /** Takes a place. */
    void nonZero(int row, int column);
  }

  /** Visits the non-zeros, row by row, columns ascending. */
  public void forEachNonZero(Visitor visitor) {
    forEachNonZero(0, rows, visitor);
  }

  /**
   * Visits the non-zeros of some rows, row by row, columns ascending.
   *
   * @param fromRow the first of them
   * @param toRow the row behind the last of them
   */
  public void forEachNonZero(int fromRow, int toRow, Visitor visitor) {
    Objects.checkFromToIndex(fromRow, toRow, rows);
    long first = (long) fromRow * columns;
    long behind = (long) toRow * columns;
    int row = fromRow;
    long rowEnd = first + columns;
    for (int w = (int) (first >> 6); (long) w << 6 < behind; w++) {
      long bits = words[w];
      if ((long) w << 6 < first) {
        bits &= -1L << first;
      }
      if (behind - ((long) w << 6) < 64) {
        bits &= (1L << behind) - 1;
      }
      for (; bits != 0; bits &= bits - 1) {
        long i = ((long) w << 6) + Long.numberOfTrailingZeros(bits);
        while (i >= rowEnd) {
          row++;
          rowEnd += columns;
        }
        visitor.nonZero(row, (int) (i - rowEnd + columns));
      }
    }
  }

  /** Returns whether an element is not zero. */
  public boolean isNonZero(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
    int i = row * columns + column;
    return (words[i >> 6] >>> i & 1) != 0;
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
  public long nonZeros() {
    return mask.keptCount();
  }

  @Override
  public double rowNonZeros(int row) {
    return rowCounts[row];
  }

  @Override
  public double columnNonZeros(int column) {
    return columnCounts[column];
  }

  @Override
  public TileCounts tiles(int tileRows, int tileColumns) {
    Extents.requireTile(this, tileRows, tileColumns);
    int across = (columns + tileColumns - 1) / tileColumns;
    int down = (rows + tileRows - 1) / tileRows;
    int[] counts = new int[down * across];
    forEachNonZero((row, column) -> counts[row / tileRows * across + column / tileColumns]++);
    double[] weights = new double[tileRows * tileColumns + 1];
    for (int count : counts) {
      weights[count]++;
    }
    return TileCounts.of(weights);
  }

  @Override
  public Mask draw(long seed) {
    return mask;
  }

  /** Returns the mask. */
  public Mask mask() {
    return mask;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Actual actual
        && rows == actual.rows
        && columns == actual.columns
        && mask.equals(actual.mask);
  }

  @Override
  public int hashCode() {
    return mask.hashCode();
  }

  @Override
  public String toString() {
    return "Actual[%d x %d, %d non-zeros]".formatted(rows, columns, nonZeros());
  }
}
