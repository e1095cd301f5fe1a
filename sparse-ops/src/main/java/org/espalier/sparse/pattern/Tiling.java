package org.espalier.sparse.pattern;

import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * A tensor cut into equal tiles, in closed form: no index per weight is stored. The row-major
 * weights are read as an array of extents [bands, height, columns, width]; tile (band, column) has
 * the {@code height * width} weights [band, :, column, :]. Blocks of a matrix, slices along an
 * axis, kernels, N:M groups and banks of rows are all of this kind.
 *
 * <p>Tiles are numbered band by band, which is the order of their first weights.
 *
 * @param bands at least 1
 * @param height rows of a tile, at least 1
 * @param columns tiles side by side in a band, at least 1
 * @param width consecutive weights in a row of a tile, at least 1
 */
public record Tiling(int bands, int height, int columns, int width) {

  /** Refuses extents below 1 and more than 2^31 - 1 weights. */
  public Tiling {
    Mask.elements(bands, height, columns, width);
  }

  /** Returns the tiling into runs of consecutive weights. */
  static Tiling runs(int tiles, int width) {
    return new Tiling(tiles, 1, 1, width);
  }

  /**
   * Returns the tiling into slices of equal thickness along axis 1.
   *
   * @param slices divides shape[1]
   */
  static Tiling slicesOfAxis1(int[] shape, int slices) {
    return new Tiling(1, shape[0], slices, Mask.elements(shape) / shape[0] / slices);
  }

  /** Returns the tiling of a tensor of rank 4 into its 2-D kernels. */
  static Tiling kernels(int[] shape) {
    return runs(shape[0] * shape[1], shape[2] * shape[3]);
  }

  /** Returns the number of tiles. */
  public int tiles() {
    return bands * columns;
  }

  /** Returns the number of weights in a tile. */
  public int size() {
    return height * width;
  }

  /** Returns the number of weights in all tiles. */
  public int weights() {
    return tiles() * size();
  }

  /** Returns the row-major index of the first weight of a tile. */
  public int first(int tile) {
    return tile / columns * (height * pitch()) + tile % columns * width;
  }

  /** Returns the distance from a row of a tile to the next. */
  public int pitch() {
    return columns * width;
  }

  /** Returns one score per tile. Reads the weights in their order, whatever the tiles. */
  Scores unitScores(Scores scores, Aggregate aggregate) {
    requireSize(scores);
    if (size() == 1) {
      return aggregate.ofSingles(scores);
    }
    double[] units = new double[tiles()];
    int weight = 0;
    for (int band = 0; band < bands; band++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < columns; column++) {
          int unit = band * columns + column;
          double score = row == 0 ? aggregate.start() : units[unit];
          for (int end = weight + width; weight < end; weight++) {
            score = aggregate.add(score, scores.at(weight));
          }
          units[unit] = row == height - 1 ? finish(aggregate, score) : score;
        }
      }
    }
    return Scores.of(units);
  }

  private double finish(Aggregate aggregate, double accumulated) {
    // Only infinities of both signs add to NaN: the unit has a weight that must not be chosen.
    double score = aggregate.finish(accumulated, size());
    return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
  }

  /** Returns a bit per weight, set where the bit of its tile is set; may be the argument. */
  long[] expand(long[] tiles) {
    if (size() == 1) {
      return tiles;
    }
    long[] words = new long[Mask.wordCount(weights())];
    int weight = 0;
    for (int band = 0; band < bands; band++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < columns; column++) {
          int tile = band * columns + column;
          if ((tiles[tile >> 6] >>> tile & 1) != 0) {
            set(words, weight, weight + width);
          }
          weight += width;
        }
      }
    }
    return words;
  }

  /** Returns a bit per weight, set for the {@code k} largest of each tile; ties keep the lowest. */
  long[] largestOfEach(Scores scores, int k) {
    requireSize(scores);
    long[] words = new long[Mask.wordCount(weights())];
    BestOf best = new BestOf(size());
    for (int tile = 0; tile < tiles(); tile++) {
      int first = first(tile);
      gather(scores, first, best.values());
      scatter(best.choose(k), first, words);
    }
    return words;
  }

  /**
   * Copies the scores of one tile, row-major.
   *
   * @param first as {@link #first} returns it
   */
  void gather(Scores scores, int first, double[] values) {
    int j = 0;
    for (int row = 0; row < height; row++) {
      int start = first + row * pitch();
      for (int i = start; i < start + width; i++) {
        values[j++] = scores.at(i);
      }
    }
  }

  /**
   * Sets the bits of the weights of one tile.
   *
   * @param chosen a bit per weight of the tile, row-major
   * @param first as {@link #first} returns it
   * @param words a bit per weight of the tensor
   */
  void scatter(long[] chosen, int first, long[] words) {
    int j = 0;
    for (int row = 0; row < height; row++) {
      int start = first + row * pitch();
      for (int i = start; i < start + width; i++, j++) {
        words[i >> 6] |= (chosen[j >> 6] >>> j & 1) << i;
      }
    }
  }

  /** Returns how many weights of a tile live. */
  int keptIn(int tile, Mask mask) {
    int kept = 0;
    int first = first(tile);
    for (int row = 0; row < height; row++) {
      int start = first + row * pitch();
      for (int i = start; i < start + width; i++) {
        kept += mask.isKept(i) ? 1 : 0;
      }
    }
    return kept;
  }

  /**
   * Returns how many weights each tile keeps when all keep the same.
   *
   * @throws IllegalArgumentException if {@code kept} weights cannot be shared out so
   */
  int share(int kept) {
    if (kept < 0 || kept > weights() || kept % tiles() != 0) {
      throw new IllegalArgumentException(
          "kept must be a multiple of %d in [0, %d], found %d".formatted(tiles(), weights(), kept));
    }
    return kept / tiles();
  }

  private void requireSize(Scores scores) {
    if (scores.size() != weights()) {
      throw new IllegalArgumentException(
          "expected %d scores, found %d".formatted(weights(), scores.size()));
    }
  }

  private static void set(long[] words, int from, int to) {
    int first = from >> 6;
    int last = (to - 1) >> 6;
    long head = -1L << from;
    long tail = -1L >>> -to;
    if (first == last) {
      words[first] |= head & tail;
      return;
    }
    words[first] |= head;
    for (int w = first + 1; w < last; w++) {
      words[w] = -1L;
    }
    words[last] |= tail;
  }
}
