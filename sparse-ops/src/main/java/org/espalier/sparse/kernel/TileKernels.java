package org.espalier.sparse.kernel;

/** What a convolution does beside products, with a scalar twin. Unchecked. */
public interface TileKernels {

  /** Returns the floats of one vector; 1 if the kernels are scalar. */
  int lanes();

  /**
   * Copies what the tile's rows see of some planes: a row of {@link Tile#pitch} floats per slot, 0
   * outside the image.
   *
   * @param tile the planes and rows
   * @param begin first plane
   * @param end one past the last plane
   * @param to the buffer; up to a vector behind the last slot is overwritten, too
   * @param at where slot 0 of the first plane goes
   */
  void pack(Tile tile, int begin, int end, float[] to, int at);

  /**
   * Copies finished sums to the output: adds bias and residual, applies the ReLU.
   *
   * @param tile the pixels, and the rows of the weights, whose sums they are
   * @param from sums; up to a vector behind the last is read, too
   * @param at where the sums of row {@link Tile#beginRow} are
   * @param epilogue bias, residual and ReLU
   */
  void finish(Tile tile, float[] from, int at, Epilogue epilogue);
}
