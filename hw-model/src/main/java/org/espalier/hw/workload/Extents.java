package org.espalier.hw.workload;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Checks and counts that all density models share. */
final class Extents {

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private Extents() {}

  /** Refuses a matrix without elements or with more than 2^31 - 1 of them. */
  static void require(int rows, int columns) {
    if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a matrix has 1 to 2^31 - 1 elements, found %d x %d".formatted(rows, columns));
    }
  }

  /** Returns round-half-up(density * n), the density read as its shortest decimal. */
  static long kept(long n, double density) {
    if (!(density >= 0 && density <= 1)) {
      throw new IllegalArgumentException("density must be in [0, 1], found " + density);
    }
    return BigDecimal.valueOf(density)
        .multiply(BigDecimal.valueOf(n))
        .add(HALF)
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  /** Refuses a tile that is no part of the matrix. */
  static void requireTile(Occupancy matrix, int tileRows, int tileColumns) {
    if (tileRows < 1
        || tileRows > matrix.rows()
        || tileColumns < 1
        || tileColumns > matrix.columns()) {
      throw new IllegalArgumentException(
          "a tile of %d x %d in %d x %d"
              .formatted(tileRows, tileColumns, matrix.rows(), matrix.columns()));
    }
  }
}
