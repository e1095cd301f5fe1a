package org.espalier.sparse.pattern;

import java.util.OptionalDouble;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * Where zeros may be. A pattern cuts a tensor into units that live or die as one, says how many of
 * them may live, and picks the best; it knows neither where scores come from nor what sparsity is
 * wanted.
 *
 * <p>The type is sealed: kernels and hardware models switch over it exhaustively. Shapes are
 * extents, row-major; the matrix view has shape[0] rows (output features) and the rest as columns.
 */
public sealed interface SparsityPattern permits Unstructured {

  /** Returns the text form, as recipes and the command line write it, for example {@code 2:4}. */
  String text();

  /**
   * Refuses a tensor that the pattern does not divide.
   *
   * @param tensor name for the message
   * @param shape extents of the tensor
   * @throws InvalidInputException with the tensor's name, its shape and the hint to exclude it
   */
  void requireFits(String tensor, int[] shape);

  /** Returns the number of units of a tensor of this shape. */
  int units(int[] shape);

  /**
   * Returns the sparsity that every tensor gets, where the pattern leaves no choice: 2:4 is 0.5.
   */
  default OptionalDouble fixedSparsity() {
    return OptionalDouble.empty();
  }

  /**
   * Returns how many units live at a sparsity: floor((1 - sparsity) n + 0.5) of n, or what the
   * pattern makes of it; each pattern says.
   *
   * @param sparsity in [0, 1]
   */
  int kept(double sparsity, int[] shape);

  /**
   * Returns one score per unit. The result may be the argument itself.
   *
   * @param scores one per weight, row-major, not NaN
   * @param aggregate what makes one score of a unit's weights; a single weight is a unit of one
   */
  Scores unitScores(Scores scores, int[] shape, Aggregate aggregate);

  /**
   * Returns the mask of the {@code kept} units that have the largest possible total score under the
   * pattern; ties keep the unit with the lowest index.
   *
   * @param unitScores as {@link #unitScores} returns them; not NaN
   * @param kept as {@link #kept} returns it
   */
  Mask best(Scores unitScores, int[] shape, int kept);

  /**
   * Reads the text form.
   *
   * @param text for example {@code unstructured}
   * @throws InvalidInputException if there is no such pattern
   */
  static SparsityPattern parse(String text) {
    if (text.equals(Unstructured.INSTANCE.text())) {
      return Unstructured.INSTANCE;
    }
    throw new InvalidInputException(
        "pattern", "unstructured", "'" + text + "'", "use one of the patterns named above");
  }
}
