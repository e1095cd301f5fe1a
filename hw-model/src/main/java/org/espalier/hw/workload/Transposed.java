package org.espalier.hw.workload;

import java.util.Objects;
import org.espalier.sparse.mask.Mask;

/**
 * A matrix whose columns are the rows of another: with {@link PerChannel}, weights whose density
 * differs between input channels.
 *
 * @param original the matrix whose element (j, i) is element (i, j) here
 */
public record Transposed(Occupancy original) implements Occupancy {

  /** Checks that there is a matrix. */
  public Transposed {
    Objects.requireNonNull(original, "original");
  }

  @Override
  public int rows() {
    return original.columns();
  }

  @Override
  public int columns() {
    return original.rows();
  }

  @Override
  public long nonZeros() {
    return original.nonZeros();
  }

  @Override
  public double rowNonZeros(int row) {
    return original.columnNonZeros(row);
  }

  @Override
  public double columnNonZeros(int column) {
    return original.rowNonZeros(column);
  }

  @Override
  public TileCounts tiles(int tileRows, int tileColumns) {
    return original.tiles(tileColumns, tileRows);
  }

  @Override
  public Mask draw(long seed) {
    Mask drawn = original.draw(seed);
    int rows = rows();
    int columns = columns();
    long[] words = new long[Mask.wordCount(rows * columns)];
    new Actual(drawn, columns, rows)
        .forEachNonZero(
            (column, row) -> {
              int i = row * columns + column;
              words[i >> 6] |= 1L << i;
            });
    return Mask.ofWords(new int[] {rows, columns}, words);
  }
}
