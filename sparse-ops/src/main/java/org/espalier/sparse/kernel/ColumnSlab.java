package org.espalier.sparse.kernel;

/** Some neighbouring rows of a matrix, laid out column by column. Immutable. */
sealed interface ColumnSlab permits BitmapColumns, BlockColumns, EntryColumns {

  /** Returns the first of the rows. */
  int firstRow();

  /** Adds the columns times their elements of x to the rows in y. */
  void addTo(ColumnKernels kernels, LiveColumns live, float[] y);
}
