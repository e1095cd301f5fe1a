package org.espalier.hw.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TransposedTest {

  @Test
  void exchangesRowsAndColumns() {
    Actual band = Actual.banded(3, 5, 1);
    Transposed turned = new Transposed(band);
    Actual drawn = new Actual(turned.draw(1));
    assertEquals(5, turned.rows());
    assertEquals(3, turned.columns());
    assertEquals(band.nonZeros(), turned.nonZeros());
    for (int row = 0; row < 5; row++) {
      assertEquals(drawn.rowNonZeros(row), turned.rowNonZeros(row));
      for (int column = 0; column < 3; column++) {
        assertEquals(band.isNonZero(column, row), drawn.isNonZero(row, column));
      }
    }
    for (int column = 0; column < 3; column++) {
      assertEquals(drawn.columnNonZeros(column), turned.columnNonZeros(column));
    }
    TileCounts tiles = turned.tiles(2, 3);
    for (int count = 0; count <= 6; count++) {
      assertEquals(drawn.tiles(2, 3).probability(count), tiles.probability(count), 1e-15);
    }
  }
}
