package org.espalier.sparse.kernel;

import java.util.SplittableRandom;

/** Dense matrices of every pattern that a layout may stumble over. */
enum MatrixShapes {
  /** Nothing is stored. */
  EMPTY,
  /** One entry in fifty. */
  THIN,
  /** One entry in ten. */
  SPARSE,
  /** Half of the entries. */
  HALF,
  /** Every entry. */
  FULL,
  /** Every third row is empty, as are the first and the last. */
  EMPTY_ROWS,
  /** One full row, all others empty. */
  ONE_ROW,
  /** One full column, all others empty. */
  ONE_COLUMN,
  /** Blocks of 4 x 1, one in five. */
  BLOCKS,
  /** Only the last element: the far corner. */
  CORNER;

  /** Returns rows x columns values in [-1, 1), row-major. */
  float[] dense(long seed, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] blocks = new boolean[columns];
    int row = rows == 0 ? 0 : random.nextInt(rows);
    int column = columns == 0 ? 0 : random.nextInt(columns);
    float[] dense = new float[rows * columns];
    for (int i = 0; i < dense.length; i++) {
      int r = i / columns;
      int c = i % columns;
      if (r % 4 == 0) {
        blocks[c] = random.nextInt(5) == 0;
      }
      boolean stored =
          switch (this) {
            case EMPTY -> false;
            case THIN -> random.nextInt(50) == 0;
            case SPARSE -> random.nextInt(10) == 0;
            case HALF -> random.nextBoolean();
            case FULL -> true;
            case EMPTY_ROWS -> r > 0 && r < rows - 1 && r % 3 != 1 && random.nextBoolean();
            case ONE_ROW -> r == row;
            case ONE_COLUMN -> c == column;
            case BLOCKS -> blocks[c];
            case CORNER -> i == dense.length - 1;
          };
      float value = (float) (2 * random.nextDouble() - 1);
      dense[i] = stored ? value == 0f ? 1f : value : 0f;
    }
    return dense;
  }
}
