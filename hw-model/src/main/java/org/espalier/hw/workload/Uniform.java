package org.espalier.hw.workload;

import java.util.SplittableRandom;
import org.espalier.sparse.mask.Mask;

/**
 * A number of non-zeros, every placement equally likely: counts of tiles are hypergeometric.
 *
 * @param rows at least 1
 * @param columns at least 1
 * @param nonZeros 0 to rows * columns
 */
public record Uniform(int rows, int columns, long nonZeros) implements Occupancy {

  /** Checks the ranges. */
  public Uniform {
    Extents.require(rows, columns);
    if (nonZeros < 0 || nonZeros > (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d non-zeros in %d x %d".formatted(nonZeros, rows, columns));
    }
  }

  /**
   * Returns the model with {@code round-half-up(density * elements)} non-zeros.
   *
   * @param density in [0, 1]
   */
  public static Uniform ofDensity(int rows, int columns, double density) {
    Extents.require(rows, columns);
    return new Uniform(rows, columns, Extents.kept(rows * columns, density));
  }

  /** Returns the model without zeros. */
  public static Uniform dense(int rows, int columns) {
    return new Uniform(rows, columns, (long) rows * columns);
  }

  @Override
  public double rowNonZeros(int row) {
    return (double) nonZeros / rows;
  }

  @Override
  public double columnNonZeros(int column) {
    return (double) nonZeros / columns;
  }

  @Override
  public TileCounts tiles(int tileRows, int tileColumns) {
    Extents.requireTile(this, tileRows, tileColumns);
    return TileCounts.hypergeometric((long) rows * columns, nonZeros, tileRows * tileColumns);
  }

  @Override
  public Mask draw(long seed) {
    int elements = rows * columns;
    long[] words = new long[Mask.wordCount(elements)];
    scatter(words, 0, elements, (int) nonZeros, new SplittableRandom(seed));
    return Mask.ofWords(new int[] {rows, columns}, words);
  }

  /** Sets exactly {@code count} bits of a clear range, all choices equally likely. */
  static void scatter(long[] words, int from, int length, int count, SplittableRandom random) {
    boolean few = count <= length / 2;
    if (!few) {
      for (int i = from; i < from + length; i++) {
        words[i >> 6] |= 1L << i;
      }
    }
    // Draws the smaller of the two sets, so that a hit is new at least every other time.
    for (int left = few ? count : length - count; left > 0; ) {
      int i = from + random.nextInt(length);
      long bit = 1L << i;
      if ((words[i >> 6] & bit) == 0 == few) {
        words[i >> 6] ^= bit;
        left--;
      }
    }
  }
}
