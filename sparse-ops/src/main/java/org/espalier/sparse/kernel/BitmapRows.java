package org.espalier.sparse.kernel;

import java.util.Arrays;
import org.espalier.sparse.format.Csr;

/**
 * Rows as one bit per element and the values behind each other: 4 bytes per non-zero and 1 bit per
 * element, less memory traffic than any index from a density of 1/16 on. Eight rows form a group
 * and are worked on at once: memory delivers eight streams faster than one.
 *
 * @param rows of the matrix
 * @param columns of the matrix
 * @param words two per group and 16 columns: bit {@code 16 i + c} of the first stands for row i,
 *     column c, of the second for row 4 + i
 * @param starts first value of each row, and the number of values
 * @param values of the entries row by row, and {@link #PADDING} more that loads may touch
 */
public record BitmapRows(int rows, int columns, long[] words, int[] starts, float[] values)
    implements VectorLayout {

  /** Rows of a group. */
  public static final int HEIGHT = 8;

  /** Columns of a word. */
  public static final int CHUNK = 16;

  /** The widest vector. */
  static final int PADDING = 16;

  private static final int ROWS_PER_WORD = 4;

  static BitmapRows of(Csr matrix) {
    int rows = matrix.rows();
    int groups = (rows + HEIGHT - 1) / HEIGHT;
    int perGroup = wordsPerGroup(matrix.columns());
    long[] words = new long[Math.multiplyExact(groups, perGroup)];
    int[] columns = matrix.columnIndices();
    int[] pointers = matrix.rowPointers();
    for (int row = 0; row < rows; row++) {
      int inGroup = row % HEIGHT;
      int first = row / HEIGHT * perGroup + inGroup / ROWS_PER_WORD;
      int shift = inGroup % ROWS_PER_WORD * CHUNK;
      for (int i = pointers[row]; i < pointers[row + 1]; i++) {
        words[first + 2 * (columns[i] / CHUNK)] |= 1L << shift + columns[i] % CHUNK;
      }
    }
    float[] values = Arrays.copyOf(matrix.values(), matrix.nonZeros() + PADDING);
    return new BitmapRows(rows, matrix.columns(), words, pointers.clone(), values);
  }

  private static int wordsPerGroup(int columns) {
    return 2 * ((columns + CHUNK - 1) / CHUNK);
  }

  /** Returns where the words of a row's group begin. */
  public int firstWord(int row) {
    return row / HEIGHT * wordsPerGroup(columns);
  }

  /** Returns the bits of a row in the columns from {@code 16 chunk} on. */
  public int bits(int row, int chunk) {
    int inGroup = row % HEIGHT;
    long word = words[firstWord(row) + 2 * chunk + inGroup / ROWS_PER_WORD];
    return (int) (word >>> inGroup % ROWS_PER_WORD * CHUNK) & (1 << CHUNK) - 1;
  }

  @Override
  public String label() {
    return "vector-bitmap";
  }

  @Override
  public RowRange part(int part, int parts) {
    return VectorLayout.part(starts, HEIGHT, part, parts);
  }

  @Override
  public void multiply(
      VectorKernels kernels, RowRange range, float[] x, float[] y, VectorScratch scratch) {
    kernels.bitmapRows(this, range, x, y);
  }
}
