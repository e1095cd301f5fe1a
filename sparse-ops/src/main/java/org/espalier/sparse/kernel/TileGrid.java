package org.espalier.sparse.kernel;

/**
 * How the output pixels of one channel fall into tiles: {@code down} rows of {@code across} tiles.
 * A tile has {@code pitch} floats per row, whole vectors of them unless the image is narrower than
 * a vector; the last tile of a row lies further left, so that it ends with the image, and computes
 * some pixels for a second time.
 *
 * @param outHeight rows of the output
 * @param outWidth pixels of a row
 * @param down tiles on top of each other
 * @param across tiles side by side
 * @param pitch floats of a tile's row
 */
record TileGrid(int outHeight, int outWidth, int down, int across, int pitch) {

  /** Returns the rows of the highest tile. */
  int rows() {
    return (outHeight + down - 1) / down;
  }

  /** Returns the number of tiles. */
  int tiles() {
    return down * across;
  }

  /** Returns the first row of a tile. */
  int firstRow(int tile) {
    return (int) ((long) outHeight * (tile / across) / down);
  }

  /** Returns one past the last row of a tile. */
  int endRow(int tile) {
    return (int) ((long) outHeight * (tile / across + 1) / down);
  }

  /** Returns the first column of a tile. */
  int firstColumn(int tile) {
    return Math.max(0, Math.min(tile % across * pitch, outWidth - pitch));
  }

  /** Returns the pixels of each row of each tile. */
  int width() {
    return Math.min(pitch, outWidth);
  }

  /** Returns how many vectors cover some rows of a tile. */
  int vectors(int rows, int lanes) {
    return PanelColumns.vectors(rows * pitch, lanes);
  }
}
