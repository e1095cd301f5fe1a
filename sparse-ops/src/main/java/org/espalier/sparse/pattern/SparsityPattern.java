package org.espalier.sparse.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * Every method but {@link #misfit} and {@link #requireFits} takes only shapes that fit.
 *
 * <p>A unit of score negative infinity is already dead. Every pattern chooses such a unit last and
 * exactly: where it adds scores, infinities count before finite numbers, so a choice with fewer
 * dead weights beats every choice with more of them. What a pattern has chosen once, it therefore
 * chooses again, or part of it, when all else is dead.
 */
public sealed interface SparsityPattern
    permits Unstructured, NofM, Tiled, KernelPattern, Strided, Balanced, BalancedPe {

  /** Returns the text form, as recipes and the command line write it, for example {@code 2:4}. */
  String text();

  /**
   * Returns what a tensor of this shape would need to fit, for example "a multiple of 4 along axis
   * 1"; empty if it fits.
   *
   * @param shape extents of any tensor
   */
  Optional<String> misfit(int[] shape);

  /**
   * Refuses a tensor that the pattern does not divide.
   *
   * @param tensor name for the message
   * @param shape extents of the tensor
   * @throws InvalidInputException with the tensor's name, its shape and the hint to exclude it
   */
  default void requireFits(String tensor, int[] shape) {
    Optional<String> misfit = misfit(shape);
    if (misfit.isPresent()) {
      throw new InvalidInputException(
          tensor,
          misfit.get() + " for pattern " + text(),
          "shape " + Arrays.toString(shape),
          "exclude this tensor or choose another pattern");
    }
  }

  /** Returns the number of units of a tensor of this shape; by default each weight is a unit. */
  default int units(int[] shape) {
    return Mask.elements(shape);
  }

  /**
   * Returns the sparsity that every tensor gets, whatever its shape, where the pattern leaves no
   * choice: 2:4 is 0.5.
   */
  default OptionalDouble fixedSparsity() {
    return OptionalDouble.empty();
  }

  /** Returns the sparsity that tensors of this shape get, where the pattern leaves no choice. */
  default OptionalDouble fixedSparsity(int[] shape) {
    return fixedSparsity();
  }

  /**
   * Returns how many units live at a sparsity: floor((1 - sparsity) n + 0.5) of n, or what the
   * pattern makes of it; each pattern says.
   *
   * @param sparsity in [0, 1]
   */
  int kept(double sparsity, int[] shape);

  /**
   * Returns one score per unit. The result may be the argument itself. A unit that contains both
   * infinities scores negative infinity.
   *
   * @param scores one per weight, row-major, not NaN
   * @param aggregate what makes one score of a unit's weights; a single weight is a unit of one
   */
  default Scores unitScores(Scores scores, int[] shape, Aggregate aggregate) {
    return aggregate.ofSingles(scores);
  }

  /**
   * Returns the mask of the {@code kept} units that have the largest possible total score under the
   * pattern; ties keep the unit with the lowest index, unless the pattern says otherwise.
   *
   * @param unitScores as {@link #unitScores} returns them; not NaN
   * @param kept as {@link #kept} returns it
   * @throws IllegalArgumentException if {@code kept} is no count that the pattern can have
   */
  Mask best(Scores unitScores, int[] shape, int kept);

  /**
   * Returns whether zeros lie as the pattern wants them, so that a format or a kernel made for it
   * can hold the tensor. False if the shape does not fit.
   */
  boolean satisfiedBy(Mask mask);

  /**
   * Reads the text form.
   *
   * @param text one of {@link #forms}, with numbers for its capital letters
   * @throws InvalidInputException if there is no such pattern
   */
  static SparsityPattern parse(String text) {
    return Grammar.parse(text);
  }

  /** Returns all text forms with their meaning, from fine to coarse. */
  static List<PatternForm> forms() {
    return Grammar.forms();
  }
}
