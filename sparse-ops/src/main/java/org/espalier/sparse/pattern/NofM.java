package org.espalier.sparse.pattern;

import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * N:M, of each M consecutive weights along axis 1 the N best are <em>kept</em>; other tools write
 * the number of zeros, or put it first. In a convolution the M weights lie along the input
 * channels, for each (output, row, column) of its kernels: those are consecutive in the reduction
 * of an implicit matrix product. A unit is a weight.
 *
 * <p>The sparsity is 1 - N / M. Below that, on the way of a gradual schedule, each M keep N' =
 * floor((1 - sparsity) M + 0.5), at least N: 2:4 at sparsity 0.25 keeps 3 of 4. Groups are equal,
 * so a choice made before holds the better part of every later one.
 *
 * <p>Source: A. Mishra et al., "Accelerating Sparse Deep Neural Networks", 2021 (arXiv 2104.08378),
 * section 3; A. Zhou et al., "Learning N:M Fine-grained Structured Sparse Neural Networks From
 * Scratch", ICLR 2021.
 *
 * @param keep N, at least 1
 * @param group M, above N
 */
public record NofM(int keep, int group) implements SparsityPattern {

  /** Refuses what is not 1 &lt;= N &lt; M. */
  public NofM {
    if (keep < 1 || keep >= group) {
      throw new InvalidInputException(
          "pattern",
          "N:M with 1 <= N < M, where N of each M consecutive weights are KEPT",
          "'" + keep + ":" + group + "'",
          "write the number of weights that live, not of zeros, before the colon");
    }
  }

  @Override
  public String text() {
    return keep + ":" + group;
  }

  @Override
  public Optional<String> misfit(int[] shape) {
    return shape.length >= 2 && shape[1] % group == 0
        ? Optional.empty()
        : Optional.of(
            "rank 2 or more and a multiple of %d along axis 1 (%d of each %d weights are kept)"
                .formatted(group, keep, group));
  }

  @Override
  public OptionalDouble fixedSparsity() {
    return OptionalDouble.of(1 - (double) keep / group);
  }

  /** Returns N' of each M weights, with N' = floor((1 - sparsity) M + 0.5) in [N, M]. */
  @Override
  public int kept(double sparsity, int[] shape) {
    return (int) Math.max(keep, Counts.kept(sparsity, group)) * groups(shape).tiles();
  }

  /** Returns the best N' of each M weights, where {@code kept} tells N'. */
  @Override
  public Mask best(Scores unitScores, int[] shape, int kept) {
    Tiling groups = groups(shape);
    return Mask.ofWords(shape, groups.largestOfEach(unitScores, groups.share(kept)));
  }

  /** Returns whether no M consecutive weights hold more than N that live. */
  @Override
  public boolean satisfiedBy(Mask mask) {
    if (misfit(mask.shape()).isPresent()) {
      return false;
    }
    Tiling groups = groups(mask.shape());
    for (int tile = 0; tile < groups.tiles(); tile++) {
      if (groups.keptIn(tile, mask) > keep) {
        return false;
      }
    }
    return true;
  }

  private Tiling groups(int[] shape) {
    int area = Mask.elements(shape) / (shape[0] * shape[1]);
    return new Tiling(shape[0] * shape[1] / group, group, area, 1);
  }
}
