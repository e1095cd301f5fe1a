package org.espalier.sparse.kernel;

/** What a thread needs besides x and y for products with a single column; reused. */
final class VectorScratch {

  /** Room for the indices of a long row, at least of four vectors; a multiple of two vectors. */
  final int[] indices = new int[1024];

  private LiveColumns live = new LiveColumns(0);
  private float[] x = {};
  private float[] y = {};

  /** Returns a buffer for a column of X, of exactly this length. */
  float[] x(int length) {
    if (x.length != length) {
      x = new float[length];
    }
    return x;
  }

  /** Returns a buffer for a column of Y, of exactly this length. */
  float[] y(int length) {
    if (y.length != length) {
      y = new float[length];
    }
    return y;
  }

  /** Returns the columns in which x is not zero. */
  LiveColumns liveIn(float[] x) {
    if (live.capacity() < x.length) {
      live = new LiveColumns(x.length);
    }
    live.collect(x);
    return live;
  }
}
