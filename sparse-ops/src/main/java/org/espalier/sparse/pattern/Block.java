package org.espalier.sparse.pattern;

import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Blocks of R rows (output features) by C columns of the matrix view, zero or kept as one. In a
 * convolution the columns are (input channel, row, column of the kernel), flattened row-major.
 *
 * <p>Source: S. Narang, E. Undersander, G. Diamos, "Block-Sparse Recurrent Neural Networks", 2017
 * (arXiv 1711.02782).
 *
 * @param rows R, at least 1
 * @param columns C, at least 1
 */
public record Block(int rows, int columns) implements Tiled {

  /** Refuses extents below 1. */
  public Block {
    if (rows < 1 || columns < 1) {
      throw new InvalidInputException(
          "pattern",
          "block:RxC with R and C of at least 1",
          "'block:" + rows + "x" + columns + "'",
          "write for example block:4x4");
    }
  }

  @Override
  public String text() {
    return "block:" + rows + "x" + columns;
  }

  @Override
  public Optional<String> misfit(int[] shape) {
    return shape.length >= 2 && shape[0] % rows == 0 && matrixColumns(shape) % columns == 0
        ? Optional.empty()
        : Optional.of(
            "rank 2 or more, a multiple of %d rows (axis 0) and of %d columns (the other axes)"
                .formatted(rows, columns));
  }

  @Override
  public Tiling tiling(int[] shape) {
    return new Tiling(shape[0] / rows, rows, matrixColumns(shape) / columns, columns);
  }

  private static int matrixColumns(int[] shape) {
    return Mask.elements(shape) / shape[0];
  }
}
