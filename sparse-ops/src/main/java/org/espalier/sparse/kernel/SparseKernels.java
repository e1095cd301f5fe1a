package org.espalier.sparse.kernel;

import java.nio.ByteBuffer;
import org.espalier.sparse.format.Csr;

/**
 * The loops themselves: nothing is checked here, and nothing is allocated per row. Arrays are
 * row-major. Use {@link SparseOps}, which checks.
 *
 * <p>Every output is a sum held in registers over a whole row of the matrix and written once, so
 * outputs need not be initialized.
 */
public interface SparseKernels {

  /** Returns the name under which the property {@code espalier.kernels} selects these kernels. */
  String name();

  /** Returns the floats of one vector; 1 if the kernels are scalar. */
  int lanes();

  /**
   * Computes rows of Y[rows x n] = A[rows x k] * X[k x n], then the epilogue.
   *
   * @param x k x n
   * @param n columns of X and Y, at least 1
   * @param y rows x n; only the given rows are written
   */
  void spmm(Csr a, RowRange rows, float[] x, int n, float[] y, Epilogue epilogue);

  /**
   * Computes rows of y = A * x, then the epilogue.
   *
   * @param x k values
   * @param y one value per row; only the given rows are written
   */
  void spmv(Csr a, RowRange rows, float[] x, float[] y, Epilogue epilogue);

  /**
   * Sets every float whose bit is clear to +0, whatever it was; the others keep their bits.
   *
   * @param words a bit per float, as {@link org.espalier.sparse.mask.Mask#toWords} has them
   * @param count how many floats
   * @param floats native byte order, outside the heap or on it; position and limit are ignored
   */
  void zeroPruned(long[] words, int count, ByteBuffer floats);

  /**
   * Runs independent chains of multiply-adds in registers, for a caller that times it. Many short
   * calls measure better than a long one, which would run code compiled in the middle of a loop.
   *
   * @param rounds length of the chains
   * @param sink one value at least; written, so that the work cannot be left out
   * @return floating-point operations done, two per multiply-add
   */
  long fmaProbe(int rounds, float[] sink);

  /**
   * Sums a window of an array again and again, for a caller that times it in many short calls.
   *
   * @param data at least {@code window} + 12 values; the first 12 are skipped
   * @param window how many floats to go round in: a power of two, at least 128
   * @param floats how many to read in all, a multiple of 128
   * @param sink one value at least; written, so that the work cannot be left out
   * @return bytes read
   */
  long loadProbe(float[] data, int window, int floats, float[] sink);
}
