package org.espalier.sparse.kernel;

/**
 * Where a {@link GroupKernel} reads and writes: the rows of X and of Y of one panel, either packed
 * or in place. A place is {@code base + row * stride}; vector v of a row begins {@code v * lanes}
 * after that, but the last vector at {@code tail}, because the columns may end inside it.
 *
 * <p>One object per thread, filled anew for each run, so that products allocate nothing.
 */
public final class Pass {

  /** Rows of X. */
  public float[] x;

  /** Whether the last vector of a row of X follows the others; offsets are constants then. */
  public boolean contiguous;

  /** Place of row 0 of the block in {@link #x}. */
  public int xBase;

  /** From a row of X to the next. */
  public int xStride;

  /** From a row's begin to its last vector. */
  public int xTail;

  /** Sums of the blocks before this one, rows of whole vectors; read only if {@link #resume}. */
  public float[] sums;

  /** Place of row 0 of the matrix in {@link #sums}; may be negative if that row takes no part. */
  public int sumsBase;

  /** Whether to go on with {@link #sums}. */
  public boolean resume;

  /** One value per row of the matrix to begin with, or null for 0; unused if {@link #resume}. */
  public float[] bias;

  /** Rows of Y, or {@link #sums} again. */
  public float[] y;

  /** Place of row 0 of the matrix in {@link #y}; may be negative if that row takes no part. */
  public int yBase;

  /** From a row of Y to the next. */
  public int yStride;

  /** From a row's begin to its last vector. */
  public int yTail;

  /** Whether negative results become 0. */
  public boolean relu;
}
