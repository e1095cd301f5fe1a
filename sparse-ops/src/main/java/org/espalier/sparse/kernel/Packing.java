package org.espalier.sparse.kernel;

import org.espalier.sparse.InvalidInputException;

/**
 * What a matrix is packed for.
 *
 * @param columns how many columns X will have, about; at least 1. Others work, perhaps more slowly
 * @param layout the layout to use whatever the matrix is like, or null to let the library choose
 */
public record Packing(int columns, Layout layout) {

  /** Checks the columns. */
  public Packing {
    if (columns < 1) {
      throw new InvalidInputException(
          "packing", "1 column of X or more", columns + "", "say how many columns X will have");
    }
  }

  /** Returns a packing for X with about so many columns. */
  public static Packing forColumns(int columns) {
    return new Packing(columns, null);
  }

  /** Returns the same with a layout that is used whatever the matrix is like. */
  public Packing withLayout(Layout forced) {
    return new Packing(columns, forced);
  }
}
