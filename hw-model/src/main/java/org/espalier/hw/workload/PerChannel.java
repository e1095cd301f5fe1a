package org.espalier.hw.workload;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.espalier.sparse.mask.Mask;

/**
 * Channels (rows) that differ in density, uniform within each. Real networks are like this, and it
 * matters: channels with denser weights tend to see denser activations, so that the product of mean
 * densities says too little.
 */
public final class PerChannel implements Occupancy {

  private final int columns;
  private final int[] nonZeros;

  /**
   * @param columns at least 1
   * @param nonZeros of each row, 0 to {@code columns}
   */
  public PerChannel(int columns, int... nonZeros) {
    Extents.require(nonZeros.length, columns);
    for (int count : nonZeros) {
      if (count < 0 || count > columns) {
        throw new IllegalArgumentException("%d non-zeros in %d columns".formatted(count, columns));
      }
    }
    this.columns = columns;
    this.nonZeros = nonZeros.clone();
  }

  /**
   * Returns the model with {@code round-half-up(density * columns)} non-zeros per row.
   *
   * @param densities of each row, in [0, 1]
   */
  public static PerChannel ofDensities(int columns, double... densities) {
    return new PerChannel(
        columns, Arrays.stream(densities).mapToInt(d -> (int) Extents.kept(columns, d)).toArray());
  }

  @Override
  public int rows() {
    return nonZeros.length;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public long nonZeros() {
    return Arrays.stream(nonZeros).asLongStream().sum();
  }

  @Override
  public double rowNonZeros(int row) {
    return nonZeros[row];
  }

  @Override
  public double columnNonZeros(int column) {
    return (double) nonZeros() / columns;
  }

  @Override
  public TileCounts tiles(int tileRows, int tileColumns) {
    Extents.requireTile(this, tileRows, tileColumns);
    double[] weights = new double[tileRows * tileColumns + 1];
    for (int first = 0; first + tileRows <= nonZeros.length; first += tileRows) {
      TileCounts tile = TileCounts.always(0);
      for (int row = first; row < first + tileRows; row++) {
        tile = tile.plus(TileCounts.hypergeometric(columns, nonZeros[row], tileColumns));
      }
      for (int x = 0; x <= tile.most(); x++) {
        weights[x] += tile.probability(x);
      }
    }
    return TileCounts.of(weights);
  }

  @Override
  public Mask draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] words = new long[Mask.wordCount(nonZeros.length * columns)];
    for (int row = 0; row < nonZeros.length; row++) {
      Uniform.scatter(words, row * columns, columns, nonZeros[row], random);
    }
    return Mask.ofWords(new int[] {nonZeros.length, columns}, words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PerChannel model
        && columns == model.columns
        && Arrays.equals(nonZeros, model.nonZeros);
  }

  @Override
  public int hashCode() {
    return 31 * columns + Arrays.hashCode(nonZeros);
  }

  @Override
  public String toString() {
    return "PerChannel[%d x %d, %d non-zeros]".formatted(nonZeros.length, columns, nonZeros());
  }
}
