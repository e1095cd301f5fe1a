package org.espalier.sparse.kernel;

import org.espalier.sparse.InvalidInputException;

/**
 * What a matrix is packed for.
 *
 * @param columns how many columns X will have, about; at least 1. Others work, perhaps more slowly
 * @param layout the layout to use whatever the matrix is like, or null to let the library choose
 * @param inputDensity the part of X that will not be zero, about: above 0, up to 1. Used for one
 *     column, where zeros of X can be skipped
 */
public record Packing(int columns, Layout layout, double inputDensity) {

  /** Checks the columns and the density. */
  public Packing {
    if (columns < 1) {
      throw new InvalidInputException(
          "packing", "1 column of X or more", columns + "", "say how many columns X will have");
    }
    if (!(inputDensity > 0 && inputDensity <= 1)) {
      throw new InvalidInputException(
          "packing",
          "an input density above 0, up to 1",
          inputDensity + "",
          "say which part of X is not zero");
    }
  }

  /** A packing for dense X. */
  public Packing(int columns, Layout layout) {
    this(columns, layout, 1);
  }

  /** Returns a packing for dense X with about so many columns. */
  public static Packing forColumns(int columns) {
    return new Packing(columns, null, 1);
  }

  /** Returns the same with a layout that is used whatever the matrix is like. */
  public Packing withLayout(Layout forced) {
    return new Packing(columns, forced, inputDensity);
  }

  /** Returns the same for X of which about this part is not zero, for instance behind a ReLU. */
  public Packing withInputDensity(double density) {
    return new Packing(columns, layout, density);
  }
}
