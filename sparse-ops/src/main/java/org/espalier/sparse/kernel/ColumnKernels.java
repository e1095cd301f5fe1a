package org.espalier.sparse.kernel;

/** The loops of {@link ColumnSlabs}, with a scalar twin. Unchecked. */
public interface ColumnKernels {

  /** Adds to the rows of the slab in y. */
  void bitmapColumns(BitmapColumns a, LiveColumns live, float[] y);

  /** Adds to the rows of the slab in y. */
  void blockColumns(BlockColumns a, LiveColumns live, float[] y);
}
