package org.espalier.sparse.kernel;

/**
 * The vectorized parts of a {@link PanelProduct}, with a scalar twin. Unchecked.
 *
 * <p>A panel is up to {@link #widest} vectors of neighbouring columns of X or Y.
 */
public interface PanelKernels {

  /** Returns the floats of one vector; 1 if the kernels are scalar. */
  int lanes();

  /** Returns the widest panel in vectors for a kind of groups, at least 1. */
  int widest(RowGroups.Kind kind);

  /** Returns the loops of a kind of groups whose values are floats. */
  default GroupKernel groups(RowGroups.Kind kind) {
    return groups(kind, false);
  }

  /**
   * Returns the loops of a kind of groups.
   *
   * @param coded whether the values of blocks are {@linkplain RowGroups#coded codes}
   */
  GroupKernel groups(RowGroups.Kind kind, boolean coded);

  /**
   * Copies columns of some rows of X to a buffer, each row right behind the last.
   *
   * @param x rows of {@code n} values
   * @param firstRow first row to copy
   * @param rows how many
   * @param columns which columns
   * @param to the buffer, aligned from {@link Workspace#BASE} on
   */
  void pack(float[] x, int firstRow, int rows, PanelColumns columns, float[] to);

  /**
   * Copies finished sums to Y: adds the residual, applies the ReLU.
   *
   * @param from its {@code x} from {@code xBase} on holds the sums, rows of {@code columns.width()}
   * @param firstRow the row of Y that the first sums belong to
   * @param rows how many
   * @param y rows of {@code columns.n()} values
   */
  void finish(
      Pass from, int firstRow, int rows, PanelColumns columns, Epilogue epilogue, float[] y);
}
