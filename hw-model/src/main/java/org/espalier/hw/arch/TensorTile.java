package org.espalier.hw.arch;

import java.util.List;

/**
 * The part of the output that one multiprocessor computes at a time.
 *
 * @param rows of the output, at least 1
 * @param columns of the output, at least 1
 */
public record TensorTile(int rows, int columns) {

  /**
   * The tiles between which a library of sparse kernels chooses; from memory, those of CUTLASS. The
   * first uses loaded values best.
   */
  public static final List<TensorTile> SPARSE_KERNELS =
      List.of(new TensorTile(256, 128), new TensorTile(128, 128), new TensorTile(64, 64));

  /** Checks the ranges. */
  public TensorTile {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("no tile: %d x %d".formatted(rows, columns));
    }
  }

  /** Returns products per loaded value: rows columns / (rows + columns). */
  public double reuse() {
    return (double) rows * columns / (rows + columns);
  }

  /** Returns how many tiles cover outputs of m x n. */
  public long count(long m, long n) {
    return (m + rows - 1) / rows * ((n + columns - 1) / columns);
  }
}
