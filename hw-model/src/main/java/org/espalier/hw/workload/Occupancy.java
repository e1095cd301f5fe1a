package org.espalier.hw.workload;

import org.espalier.sparse.mask.Mask;

/**
 * Where the non-zeros of a matrix lie, as far as that is known: the density model of one operand. A
 * real mask ({@link Actual}) answers every question exactly; the others answer for a matrix drawn
 * from them. Machines ask for counts of lines and of tiles, never for the kind of the model.
 *
 * <p>The kinds follow Y. N. Wu et al., "Sparseloop: An Analytical Approach To Sparse Tensor
 * Accelerator Modeling", MICRO 2022, section 5.3: uniform (hypergeometric tiles), fixed structured,
 * banded and actual data; per-channel densities are ours.
 */
public sealed interface Occupancy permits Uniform, Structured, PerChannel, Transposed, Actual {

  /** Returns the number of rows, at least 1. */
  int rows();

  /** Returns the number of columns, at least 1. */
  int columns();

  /** Returns how many elements are not zero. */
  long nonZeros();

  /** Returns the non-zeros of a row, exact or expected. */
  double rowNonZeros(int row);

  /** Returns the non-zeros of a column, exact or expected. */
  double columnNonZeros(int column);

  /**
   * Returns how many non-zeros a tile has, over all tiles that begin at a multiple of its extents.
   * An actual mask counts its smaller tiles at the edges as they are; models know whole tiles only.
   *
   * @param tileRows 1 to {@link #rows}
   * @param tileColumns 1 to {@link #columns}
   */
  TileCounts tiles(int tileRows, int tileColumns);

  /**
   * Returns a matrix of this kind, rows x columns; the actual mask returns itself.
   *
   * @param seed the same seed gives the same mask
   */
  Mask draw(long seed);

  /** Returns non-zeros / elements, in [0, 1]. */
  default double density() {
    return (double) nonZeros() / ((double) rows() * columns());
  }

  /** Returns whether nothing is zero. */
  default boolean isDense() {
    return nonZeros() == (long) rows() * columns();
  }
}
