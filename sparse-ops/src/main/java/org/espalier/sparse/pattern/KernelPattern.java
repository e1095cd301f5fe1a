package org.espalier.sparse.pattern;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * Kernel patterns: every 2-D kernel [o, i, :, :] keeps K entries, in one of at most D shapes that
 * the whole tensor shares. A unit is a weight.
 *
 * <p>The shapes are learned from the scores. Each kernel votes for the shape of its own K best
 * entries (ties keep the lowest position); the D shapes with most votes are the dictionary, where
 * of equal votes the shape whose positions come first, compared like words, wins. Each kernel then
 * takes the shape with the largest score sum, summed by rising position; ties keep the shape with
 * more votes, then the one that comes first. A kernel with fewer than K entries alive (above
 * negative infinity) votes only among shapes whose other votes are equal: dead kernels do not push
 * out a shape that is in use.
 *
 * <p>The sparsity is always 1 - K / (rows * columns of a kernel): a gradual schedule reaches it in
 * its first step.
 *
 * <p>Source: X. Ma et al., "PCONV: The Missing but Desirable Sparsity in DNN Weight Pruning for
 * Real-time Execution on Mobile Devices", AAAI 2020, section 4; W. Niu et al., "PatDNN", ASPLOS
 * 2020, section 4.1, which finds that 4 entries in about 8 shapes keep the accuracy.
 *
 * @param entries K, at least 1
 * @param shapes D, at least 1
 */
public record KernelPattern(int entries, int shapes) implements SparsityPattern {

  /** Shapes in the dictionary unless said otherwise. */
  public static final int DEFAULT_SHAPES = 8;

  /** A kernel's shape is one word: a bit per position. */
  private static final int MOST_POSITIONS = Long.SIZE;

  /** Refuses numbers below 1. */
  public KernelPattern {
    if (entries < 1 || shapes < 1) {
      throw new InvalidInputException(
          "pattern",
          "kernel-pattern:K or kernel-pattern:K:D with K and D of at least 1:"
              + " K entries of each kernel are KEPT, in one of D shapes",
          "'kernel-pattern:" + entries + ":" + shapes + "'",
          "write for example kernel-pattern:4");
    }
  }

  @Override
  public String text() {
    return "kernel-pattern:" + entries + (shapes == DEFAULT_SHAPES ? "" : ":" + shapes);
  }

  @Override
  public Optional<String> misfit(int[] shape) {
    boolean fits =
        shape.length == 4
            && (long) shape[2] * shape[3] > entries
            && (long) shape[2] * shape[3] <= MOST_POSITIONS;
    return fits
        ? Optional.empty()
        : Optional.of(
            "rank 4 and 2-D kernels of more than %d and at most %d weights"
                .formatted(entries, MOST_POSITIONS));
  }

  @Override
  public OptionalDouble fixedSparsity(int[] shape) {
    return OptionalDouble.of(1 - (double) entries / (shape[2] * shape[3]));
  }

  /** Returns K per kernel, whatever the sparsity. */
  @Override
  public int kept(double sparsity, int[] shape) {
    return shape[0] * shape[1] * entries;
  }

  @Override
  public Mask best(Scores unitScores, int[] shape, int kept) {
    if (kept != kept(0, shape)) {
      throw new IllegalArgumentException(
          "kept must be " + kept(0, shape) + " for " + text() + ", found " + kept);
    }
    Tiling kernels = Tiling.kernels(shape);
    KernelShapes dictionary = KernelShapes.learn(unitScores, kernels, this);
    return Mask.ofWords(shape, dictionary.choose(unitScores, kernels));
  }

  /** Returns whether every kernel keeps just K entries, or none, and D shapes are enough. */
  @Override
  public boolean satisfiedBy(Mask mask) {
    if (misfit(mask.shape()).isPresent()) {
      return false;
    }
    Tiling kernels = Tiling.kernels(mask.shape());
    Set<Long> used = new HashSet<>();
    for (int kernel = 0; kernel < kernels.tiles(); kernel++) {
      long shape = 0;
      for (int p = 0; p < kernels.size(); p++) {
        shape |= (mask.isKept(kernel * kernels.size() + p) ? 1L : 0L) << p;
      }
      if (shape != 0
          && (Long.bitCount(shape) != entries || used.add(shape) && used.size() > shapes)) {
        return false;
      }
    }
    return true;
  }
}
