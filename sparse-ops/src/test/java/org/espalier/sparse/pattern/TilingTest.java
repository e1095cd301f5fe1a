package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;

class TilingTest {

  @Test
  void countsAndPlaces() {
    // 4 x 6 in blocks of 2 x 3
    Tiling blocks = new Tiling(2, 2, 2, 3);
    assertEquals(4, blocks.tiles());
    assertEquals(6, blocks.size());
    assertEquals(24, blocks.weights());
    assertEquals(6, blocks.pitch());
    assertArrayEquals(new int[] {0, 3, 12, 15}, IntStream.range(0, 4).map(blocks::first).toArray());
  }

  @Test
  void refusesExtentsThatAreNotThere() {
    assertThrows(IllegalArgumentException.class, () -> new Tiling(1, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Tiling(1 << 16, 1 << 15, 1, 1));
  }

  /** The tile of every weight, from the definition: [band, :, column, :]. */
  private static int[] tiles(Tiling tiling) {
    int[] tiles = new int[tiling.weights()];
    int i = 0;
    for (int band = 0; band < tiling.bands(); band++) {
      for (int row = 0; row < tiling.height(); row++) {
        for (int column = 0; column < tiling.columns(); column++) {
          for (int x = 0; x < tiling.width(); x++) {
            tiles[i++] = band * tiling.columns() + column;
          }
        }
      }
    }
    return tiles;
  }

  /** Widths around the 64 bits of a word, where ranges of bits begin and end in odd places. */
  private static Tiling tiling(SplittableRandom random) {
    int[] widths = {1, 2, 3, 7, 63, 64, 65, 130};
    return new Tiling(
        1 + random.nextInt(4),
        1 + random.nextInt(4),
        1 + random.nextInt(5),
        widths[random.nextInt(widths.length)]);
  }

  @Property(tries = 60, seed = "1")
  void expandSetsTheWeightsOfTheChosenTiles(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tiling tiling = tiling(random);
    long chosen = random.nextLong() & ((1L << tiling.tiles()) - 1);
    int[] tiles = tiles(tiling);
    byte[] expected = new byte[tiling.weights()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (chosen >> tiles[i] & 1);
    }
    int[] shape = {tiling.weights()};
    Mask mask = Mask.ofWords(shape, tiling.expand(new long[] {chosen}));
    assertEquals(Mask.ofBytes(expected, shape), mask);
    for (int tile = 0; tile < tiling.tiles(); tile++) {
      assertEquals((chosen >> tile & 1) * tiling.size(), tiling.keptIn(tile, mask));
    }
  }

  @Property(tries = 25, seed = "2")
  void scoresAndChoicesFollowTheTiles(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tiling tiling = tiling(random);
    int[] tiles = tiles(tiling);
    float[] scores = new float[tiling.weights()];
    double[] sums = new double[tiling.tiles()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(7) - 3;
      sums[tiles[i]] += scores[i];
    }
    assertArrayEquals(
        sums, tiling.unitScores(Scores.of(scores.clone()), Aggregate.SUM).toDoubles());
    int k = random.nextInt(tiling.size() + 1);
    Mask mask =
        Mask.ofWords(new int[] {scores.length}, tiling.largestOfEach(Scores.of(scores.clone()), k));
    for (int tile = 0; tile < tiling.tiles(); tile++) {
      int t = tile;
      int[] members = IntStream.range(0, tiles.length).filter(i -> tiles[i] == t).toArray();
      float[] own = new float[members.length];
      for (int j = 0; j < own.length; j++) {
        own[j] = scores[members[j]];
      }
      Mask best = Mask.ofWords(new int[] {own.length}, Scores.of(own).largest(k));
      for (int j = 0; j < own.length; j++) {
        assertEquals(best.isKept(j), mask.isKept(members[j]));
      }
    }
  }

  /** Above 4096 members the choice is a radix select, below it is a sort: both are the same. */
  @Test
  void largeTilesChooseAsSmallOnesDo() {
    for (int size : new int[] {4096, 4097}) {
      double[] scores =
          new SplittableRandom(size).doubles(2L * size).map(x -> Math.floor(x * 50) - 25).toArray();
      long[] words = Tiling.runs(2, size).largestOfEach(Scores.of(scores.clone()), size / 3);
      Mask mask = Mask.ofWords(new int[] {2 * size}, words);
      for (int tile = 0; tile < 2; tile++) {
        double[] own = Arrays.copyOfRange(scores, tile * size, (tile + 1) * size);
        Mask best = Mask.ofWords(new int[] {size}, Scores.of(own).largest(size / 3));
        for (int j = 0; j < size; j++) {
          assertEquals(best.isKept(j), mask.isKept(tile * size + j));
        }
      }
    }
  }
}
