package org.espalier.hw.workload;

import java.util.SplittableRandom;
import org.espalier.sparse.mask.Mask;

/**
 * Exactly n non-zeros in each m consecutive elements of a row, every choice of them equally likely:
 * what the pattern N:M leaves.
 *
 * @param rows at least 1
 * @param columns a multiple of m
 * @param n non-zeros of a group, 0 to m
 * @param m elements of a group, at least 1
 */
public record Structured(int rows, int columns, int n, int m) implements Occupancy {

  /** Checks the ranges. */
  public Structured {
    Extents.require(rows, columns);
    if (m < 1 || n < 0 || n > m || columns % m != 0) {
      throw new IllegalArgumentException(
          "%d:%d does not divide %d columns".formatted(n, m, columns));
    }
  }

  @Override
  public long nonZeros() {
    return (long) rows * (columns / m) * n;
  }

  @Override
  public double rowNonZeros(int row) {
    return (double) columns / m * n;
  }

  @Override
  public double columnNonZeros(int column) {
    return (double) rows * n / m;
  }

  @Override
  public TileCounts tiles(int tileRows, int tileColumns) {
    Extents.requireTile(this, tileRows, tileColumns);
    // Tiles begin at different places of a group; all places that occur count alike.
    int places = tileColumns % m == 0 ? 1 : Math.min(m, columns / tileColumns);
    double[] weights = new double[tileRows * tileColumns + 1];
    for (int place = 0; place < places; place++) {
      TileCounts line = line(place * tileColumns % m, tileColumns);
      TileCounts tile = TileCounts.always(0);
      for (int row = 0; row < tileRows; row++) {
        tile = tile.plus(line);
      }
      for (int x = 0; x <= tile.most(); x++) {
        weights[x] += tile.probability(x);
      }
    }
    return TileCounts.of(weights);
  }

  /** A part of a row that begins {@code offset} elements into a group. */
  private TileCounts line(int offset, int length) {
    int head = Math.min(length, (m - offset) % m);
    int whole = (length - head) / m;
    int tail = length - head - whole * m;
    return TileCounts.hypergeometric(m, n, head)
        .plus(TileCounts.always(whole * n))
        .plus(TileCounts.hypergeometric(m, n, tail));
  }

  @Override
  public Mask draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] words = new long[Mask.wordCount(rows * columns)];
    for (int group = 0; group < rows * columns / m; group++) {
      Uniform.scatter(words, group * m, m, n, random);
    }
    return Mask.ofWords(new int[] {rows, columns}, words);
  }
}
