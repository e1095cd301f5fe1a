package org.espalier.sparse.kernel;

import java.util.Locale;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;

/**
 * How a matrix is laid out for products with several columns.
 *
 * @param kind the groups of rows
 * @param widest vectors of a panel of X, at most; kernels may take fewer
 * @param depth columns of the matrix in a block, at most; the whole matrix if it has no more
 * @param packed whether X is copied into an aligned buffer, panel by panel; if not, {@code depth}
 *     must cover the matrix
 */
public record Layout(RowGroups.Kind kind, int widest, int depth, boolean packed) {

  /** Checks the numbers. */
  public Layout {
    Objects.requireNonNull(kind, "kind");
    if (widest < 1 || depth < 1) {
      throw new InvalidInputException(
          "layout",
          "at least 1 vector and 1 column",
          widest + " vectors, " + depth + " columns",
          "correct the layout");
    }
  }

  /** Returns a short name, such as {@code groups2-v8-k80}. */
  public String label() {
    return "%s-v%d%s%s"
        .formatted(
            kind.name().toLowerCase(Locale.ROOT),
            widest,
            depth >= RowGroupsBuilder.DEEPEST ? "" : "-k" + depth,
            packed ? "" : "-inplace");
  }
}
