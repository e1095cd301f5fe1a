package org.espalier.sparse.pattern;

import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * Where zeros may be. A pattern cuts a tensor into units that live or die as one and picks the best
 * of them; it knows neither where scores come from nor how many units are wanted.
 *
 * <p>The type is sealed: kernels and hardware models switch over it exhaustively.
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
   * Returns one score per unit. The result may be the argument itself.
   *
   * @param scores one per weight, row-major
   */
  float[] unitScores(float[] scores, int[] shape);

  /**
   * Returns the count nearest to {@code kept} that the pattern can keep, the larger one on ties.
   */
  int feasibleKept(int kept, int[] shape);

  /**
   * Returns the mask of the {@code kept} best units; ties keep the unit with the lowest index.
   *
   * @param unitScores as {@link #unitScores} returns them; not NaN
   * @param kept a feasible count
   */
  Mask best(float[] unitScores, int[] shape, int kept);

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
