package org.espalier.sparse.kernel;

/**
 * Where {@link TileKernels} read an image and write an output: some rows of output pixels, a piece
 * of each row, for all channels.
 *
 * <p>One object per thread, filled anew for each tile, so that convolutions allocate nothing.
 */
public final class Tile {

  /** Images, one after the other. */
  public float[] input;

  /** Pixels of a row of an image. */
  public int width;

  /** Rows of an image. */
  public int height;

  /** Pixels between two that neighboring output pixels see. */
  public int stride;

  /** The image row of each slot, relative to {@link #firstRow}. */
  public int[] rows;

  /** The image row that tap 0 of the tile's first row sees; negative in the padding. */
  public int firstRow;

  /** Where the first channel of the group, or the only one, begins in {@link #input}. */
  public int plane;

  /** Where the channel of each plane begins, counted from {@link #plane}. */
  public int[] planes;

  /** The image column that the tile sees of each plane, counted from {@link #column}. */
  public int[] columns;

  /** Floats from a packed plane to the next. */
  public int planeFloats;

  /**
   * The image column that the first tap of the tile's first pixel sees; negative in the padding.
   */
  public int column;

  /** Floats from a slot, or a row of sums, to the next. */
  public int pitch;

  /** Floats from the sums of an output channel to the next. */
  public int sumStride;

  /** Output images, one after the other. */
  public float[] output;

  /** Place of the tile's first pixel, for row 0 of the weights, in {@link #output}. */
  public int outputBase;

  /** Pixels of a row of the output. */
  public int outWidth;

  /** Pixels of an output channel. */
  public int outPlane;

  /** Rows of the tile. */
  public int tileRows;

  /** Pixels of each of its rows. */
  public int tileWidth;

  /** The output channel to which row 0 of the weights belongs. */
  public int firstChannel;

  /** First row of the weights to finish. */
  public int beginRow;

  /** One past the last row of the weights to finish. */
  public int endRow;

  /** Clears references to the caller's arrays. */
  void release() {
    input = null;
    output = null;
    rows = null;
    planes = null;
    columns = null;
  }
}
