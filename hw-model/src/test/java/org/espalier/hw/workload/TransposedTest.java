package org.espalier.hw.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TransposedTest {

  private static final PerChannel ROWS = new PerChannel(5, 5, 0, 2);

  @Test
  void exchangesRowsAndColumns() {
    Transposed turned = new Transposed(ROWS);
    assertEquals(5, turned.rows());
    assertEquals(3, turned.columns());
    assertEquals(7, turned.nonZeros());
    assertEquals(5, turned.columnNonZeros(0));
    assertEquals(0, turned.columnNonZeros(1));
    assertEquals(7.0 / 5, turned.rowNonZeros(4));
    for (int count = 0; count <= 2; count++) {
      assertEquals(
          ROWS.tiles(1, 2).probability(count), turned.tiles(2, 1).probability(count), 1e-15);
    }
  }

  @Test
  void drawsTheTransposedMask() {
    Actual drawn = new Actual(new Transposed(ROWS).draw(3));
    Actual original = new Actual(ROWS.draw(3));
    assertArrayEquals(new int[] {5, 3}, drawn.mask().shape());
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 3; column++) {
        assertEquals(original.isNonZero(column, row), drawn.isNonZero(row, column));
      }
    }
  }

  @Test
  void refusesMasks() {
    Actual band = Actual.banded(3, 5, 1);
    assertThrows(IllegalArgumentException.class, () -> new Transposed(band));
  }
}
