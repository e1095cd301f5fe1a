package org.espalier.sparse.format;

import org.espalier.sparse.InvalidInputException;

/**
 * The shape of the blocks of a matrix, written {@code RxC}.
 *
 * @param height R, rows of a block, at least 1
 * @param width C, columns of a block, at least 1
 */
public record BlockShape(int height, int width) {

  /** Refuses extents below 1 and blocks of 2^31 values and more. */
  public BlockShape {
    if (height < 1 || width < 1 || (long) height * width > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "block shape",
          "RxC with at least 1 row and 1 column",
          height + "x" + width,
          "write for example 4x1");
    }
  }

  /** Returns the number of values in a block. */
  public int area() {
    return height * width;
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
