package org.espalier.sparse.kernel;

import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.format.Csr;

/**
 * Rows as values and 16-bit column indices: 6 bytes per non-zero. Four rows are worked on at once:
 * memory delivers four streams faster than one.
 *
 * @param starts entries of the matrix before each row, and the number of entries
 * @param blocks one if the matrix has up to 65536 columns
 */
public record GatherRows(int[] starts, List<ColumnBlock> blocks) implements VectorLayout {

  private static final int HEIGHT = 4;

  /** Copies the list. */
  public GatherRows {
    blocks = List.copyOf(blocks);
  }

  static GatherRows of(Csr matrix) {
    return new GatherRows(matrix.rowPointers().clone(), ColumnBlock.cut(matrix, GatherRows::block));
  }

  /** Returns the entries of columns [first, end); {@code from} is moved behind them. */
  private static ColumnBlock block(Csr matrix, int first, int end, int[] from) {
    int[] indices = matrix.columnIndices();
    int[] starts = new int[matrix.rows() + 1];
    int[] begin = from.clone();
    for (int row = 0; row < matrix.rows(); row++) {
      while (from[row] < matrix.rowPointers()[row + 1] && indices[from[row]] < end) {
        from[row]++;
      }
      starts[row + 1] = starts[row] + from[row] - begin[row];
    }
    char[] columns = new char[starts[matrix.rows()]];
    float[] values = new float[columns.length];
    for (int row = 0; row < matrix.rows(); row++) {
      for (int i = begin[row], at = starts[row]; i < from[row]; i++, at++) {
        columns[at] = (char) (indices[i] - first);
        values[at] = matrix.values()[i];
      }
    }
    return new ColumnBlock(first, starts, columns, values);
  }

  @Override
  public long bytes() {
    return blocks.stream().mapToLong(ColumnBlock::bytes).sum();
  }

  @Override
  public String label() {
    return "vector-gather";
  }

  @Override
  public RowRange part(int part, int parts) {
    return VectorLayout.part(starts, HEIGHT, part, parts);
  }

  @Override
  public void multiply(
      VectorKernels kernels, RowRange range, float[] x, float[] y, VectorScratch scratch) {
    Arrays.fill(y, range.begin(), range.end(), 0f);
    for (int b = 0; b < blocks.size(); b++) {
      kernels.gatherRows(blocks.get(b), range, x, y, scratch.indices);
    }
  }
}
