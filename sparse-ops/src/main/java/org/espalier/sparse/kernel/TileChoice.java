package org.espalier.sparse.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses tiles by an estimate of the cycles that a convolution takes with them. Tall tiles of one
 * vector per row share most of their input rows between the taps of a window column, so that more
 * of the input fits the first-level cache; wide tiles suit flat images.
 */
final class TileChoice {

  /** Packed input of a block of planes, in floats: 40 KiB, about the first-level cache. */
  static final int BLOCK_FLOATS = 10 << 10;

  /** A plane is at most a block of {@link RowGroups}, filled up to whole vectors. */
  private static final int MOST_SLOTS = RowGroupsBuilder.DEEPEST / 2;

  /** Beside the multiply-adds, an entry loads its column and its weight: in vectors. */
  private static final double PER_ENTRY = 1.5;

  /** Sums are loaded and stored once per block and row: in vectors' multiply-adds. */
  private static final double PER_SUM = 3;

  /** A packed vector is loaded, masked and stored. */
  private static final double PER_PACKED = 3;

  /** A load across two cache lines takes twice as long. */
  private static final double SPLIT = 0.9;

  private final ConvolutionShape shape;
  private final double density;
  private final int widest;
  private final int lanes;

  /**
   * @param density of the weights
   * @param widest vectors of a tile, at most
   * @param lanes floats of a vector
   */
  TileChoice(ConvolutionShape shape, double density, int widest, int lanes) {
    this.shape = shape;
    this.density = density;
    this.widest = widest;
    this.lanes = lanes;
  }

  /** Returns the tiles with the lowest estimate. */
  TileGrid best() {
    TileGrid best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int pitch : pitches()) {
      int most = Math.max(1, Math.min(shape.outHeight(), widest * lanes / pitch));
      for (int rows = 1; rows <= most; rows++) {
        int down = (shape.outHeight() + rows - 1) / rows;
        int across = (shape.outWidth() + pitch - 1) / pitch;
        TileGrid grid = new TileGrid(shape.outHeight(), shape.outWidth(), down, across, pitch);
        double cost = cost(grid);
        if (cost < least) {
          least = cost;
          best = grid;
        }
      }
    }
    return best;
  }

  private List<Integer> pitches() {
    List<Integer> pitches = new ArrayList<>();
    for (int narrow = 1; narrow < lanes; narrow *= 2) {
      if (narrow >= shape.outWidth()) {
        pitches.add(narrow);
      }
    }
    int most = Math.min(widest, PanelColumns.vectors(shape.outWidth(), lanes));
    for (int vectors = 1; vectors <= most; vectors++) {
      pitches.add(vectors * lanes);
    }
    return pitches;
  }

  private double cost(TileGrid grid) {
    TapRows rows = TapRows.of(shape.vertical(), grid.rows());
    if (rows.slots() > MOST_SLOTS) {
      return Double.POSITIVE_INFINITY;
    }
    int channels = shape.inChannels() / shape.groups();
    double planes = (double) channels * shape.horizontal().kernel();
    double packed = planes * rows.slots() * Math.max(1, grid.pitch() / lanes);
    double entries =
        (double) shape.weightColumns() * shape.outChannels() / shape.groups() * density;
    double floats = planes * rows.slots() * grid.pitch();
    double blocks = Math.max(1, floats / BLOCK_FLOATS);
    double vectors = grid.vectors(grid.rows(), lanes);
    double split = grid.pitch() < lanes ? 1 + SPLIT * (1 - (double) grid.pitch() / lanes) : 1;
    double sums = blocks * shape.outChannels() / shape.groups();
    return grid.tiles()
        * (entries * (vectors * split + PER_ENTRY)
            + sums * PER_SUM * vectors
            + packed * PER_PACKED);
  }
}
