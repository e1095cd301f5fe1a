package org.espalier.sparse.kernel;

import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.format.Csr;

/**
 * Blocks of 4 x 1: four rows have their columns in common. One index of 16 bits and one value of x
 * serve four weights, and four sums are one vector of 128 bits.
 *
 * @param rows of the matrix
 * @param work entries of the matrix before each row, and the number of entries
 * @param blocks one if the matrix has up to 65536 columns
 */
public record BlockRows(int rows, int[] work, List<ColumnBlock> blocks) implements VectorLayout {

  /** Rows of a block. */
  public static final int HEIGHT = 4;

  /** Rows that the kernels work on at once. */
  private static final int STEP = 2 * HEIGHT;

  /** Copies the list. */
  public BlockRows {
    blocks = List.copyOf(blocks);
  }

  static BlockRows of(Csr matrix) {
    return new BlockRows(
        matrix.rows(), matrix.rowPointers().clone(), ColumnBlock.cut(matrix, BlockRows::block));
  }

  private static ColumnBlock block(Csr matrix, int first, int end, int[] from) {
    int groups = (matrix.rows() + HEIGHT - 1) / HEIGHT;
    int[] starts = new int[groups + 1];
    FourRows[] merged = new FourRows[groups];
    for (int group = 0; group < groups; group++) {
      merged[group] = FourRows.merge(matrix, group * HEIGHT, end, from);
      starts[group + 1] = starts[group] + merged[group].columns().length;
    }
    char[] columns = new char[starts[groups]];
    float[] values = new float[HEIGHT * columns.length];
    for (int group = 0; group < groups; group++) {
      FourRows four = merged[group];
      int at = starts[group];
      for (int i = 0; i < four.columns().length; i++) {
        columns[at + i] = (char) (four.columns()[i] - first);
      }
      System.arraycopy(four.values(), 0, values, HEIGHT * at, four.values().length);
      merged[group] = null;
    }
    return new ColumnBlock(first, starts, columns, values);
  }

  @Override
  public long bytes() {
    return blocks.stream().mapToLong(ColumnBlock::bytes).sum();
  }

  @Override
  public String label() {
    return "vector-blocks4";
  }

  @Override
  public RowRange part(int part, int parts) {
    return VectorLayout.part(work, STEP, part, parts);
  }

  @Override
  public void multiply(
      VectorKernels kernels, RowRange range, float[] x, float[] y, VectorScratch scratch) {
    Arrays.fill(y, range.begin(), range.end(), 0f);
    for (int b = 0; b < blocks.size(); b++) {
      kernels.blockRows(blocks.get(b), range, x, y);
    }
  }
}
