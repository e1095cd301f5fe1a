package org.espalier.hw.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OccupancyTest {

  private static final int DRAWS = 300;

  static List<Occupancy> models() {
    return List.of(
        Uniform.ofDensity(12, 24, 0.3),
        Uniform.ofDensity(12, 24, 0.8),
        new Structured(12, 24, 2, 4),
        new Structured(12, 24, 1, 3),
        new PerChannel(24, 0, 24, 3, 4, 5, 6, 7, 20, 21, 22, 1, 2));
  }

  /** A model says of tiles what the masks drawn from it show on average. */
  @ParameterizedTest
  @MethodSource("models")
  void modelsAgreeWithTheirMasks(Occupancy model) {
    for (int[] tile : new int[][] {{1, 1}, {2, 3}, {1, 4}, {4, 6}, {3, 8}, {12, 24}}) {
      double mean = 0;
      double steps = 0;
      for (int seed = 0; seed < DRAWS; seed++) {
        TileCounts drawn = new Actual(model.draw(seed)).tiles(tile[0], tile[1]);
        mean += drawn.mean() / DRAWS;
        steps += drawn.expectedSteps(3) / DRAWS;
      }
      TileCounts said = model.tiles(tile[0], tile[1]);
      assertEquals(mean, said.mean(), 1e-9, model + " " + tile[0] + "x" + tile[1]);
      // Each figure is a mean over 300 x up to 288 tiles: its deviation is below 0.01.
      assertEquals(steps, said.expectedSteps(3), 0.04, model + " " + tile[0] + "x" + tile[1]);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void masksHaveExactlyTheNonZeros(Occupancy model) {
    Mask mask = model.draw(7);
    assertEquals(model.nonZeros(), mask.keptCount());
    assertArrayEquals(new int[] {12, 24}, mask.shape());
    assertEquals(mask, model.draw(7));
    Actual actual = new Actual(mask);
    assertEquals(model.density(), actual.density());
    double rows = 0;
    double columns = 0;
    for (int row = 0; row < 12; row++) {
      rows += model.rowNonZeros(row);
    }
    for (int column = 0; column < 24; column++) {
      columns += model.columnNonZeros(column);
    }
    assertEquals(model.nonZeros(), rows, 1e-9);
    assertEquals(model.nonZeros(), columns, 1e-9);
  }

  /** Of a group of two in four: both drawn C(2,2)/C(4,2), or one, or none: 1, 4, 1 of 6. */
  @Test
  void partsOfGroupsWorkedByHand() {
    TileCounts halves = new Structured(4, 8, 2, 4).tiles(1, 2);
    assertEquals(1 / 6.0, halves.probability(0), 1e-15);
    assertEquals(4 / 6.0, halves.probability(1), 1e-15);
    assertEquals(1, new Structured(4, 8, 2, 4).tiles(2, 4).probability(4));
  }

  /**
   * Three by five, a band of half a width of one: centers 0, 1, 3, so columns 0-1, 0-2, 2-4. Tiles
   * of two by two: 4, 1 and 0 above (the third is one column wide), 0, 2 and 1 below.
   */
  @Test
  void aBandWorkedByHand() {
    Actual band = Actual.banded(3, 5, 1);
    byte[] expected = {1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1};
    assertArrayEquals(expected, band.mask().toBytes());
    assertEquals(2, band.rowNonZeros(0));
    assertEquals(2, band.columnNonZeros(2));
    assertTrue(band.isNonZero(2, 4));
    assertFalse(band.isNonZero(0, 4));
    TileCounts tiles = band.tiles(2, 2);
    assertEquals(2 / 6.0, tiles.probability(0), 1e-15);
    assertEquals(2 / 6.0, tiles.probability(1), 1e-15);
    assertEquals(1 / 6.0, tiles.probability(2), 1e-15);
    assertEquals(1 / 6.0, tiles.probability(4), 1e-15);
    assertSame(band.mask(), band.draw(1));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 8", "0.25, 4", "0.034, 1", "0.03, 0", "1, 15", "0, 0", "0.1, 2"})
  void densitiesRoundHalfUp(double density, int nonZeros) {
    assertEquals(nonZeros, Uniform.ofDensity(3, 5, density).nonZeros());
  }

  @Test
  void valuesAreEqualByValue() {
    assertEquals(new PerChannel(4, 1, 2), PerChannel.ofDensities(4, 0.25, 0.5));
    assertNotEquals(new PerChannel(4, 1, 2), new PerChannel(4, 2, 1));
    assertEquals(Actual.banded(3, 5, 1), new Actual(Actual.banded(3, 5, 1).mask()));
    assertTrue(Uniform.dense(3, 5).isDense());
  }

  @Test
  void refusesWhatIsNoMatrix() {
    assertThrows(IllegalArgumentException.class, () -> new Uniform(3, 5, 16));
    assertThrows(IllegalArgumentException.class, () -> Uniform.dense(0, 5));
    assertThrows(IllegalArgumentException.class, () -> Uniform.dense(1 << 16, 1 << 15));
    assertThrows(IllegalArgumentException.class, () -> Uniform.ofDensity(3, 5, 1.1));
    assertThrows(IllegalArgumentException.class, () -> new Structured(3, 6, 2, 4));
    assertThrows(IllegalArgumentException.class, () -> new Structured(3, 8, 5, 4));
    assertThrows(IllegalArgumentException.class, () -> new PerChannel(3, 4));
    assertThrows(IllegalArgumentException.class, () -> new Actual(Mask.dense(2, 3), 2, 2));
    assertThrows(IllegalArgumentException.class, () -> Actual.banded(3, 5, -1));
    assertThrows(IllegalArgumentException.class, () -> Uniform.dense(3, 5).tiles(4, 1));
  }
}
