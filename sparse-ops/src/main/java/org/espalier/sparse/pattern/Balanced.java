package org.espalier.sparse.pattern;

import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * Bank-balanced: each row of the matrix view is cut into B banks of consecutive weights, and all
 * banks of the tensor keep the same number of weights, their best. A unit is a weight.
 *
 * <p>Each bank of n weights keeps floor((1 - sparsity) n + 0.5), so the tensor's count is rounded
 * once per bank: banks of 8 at sparsity 0.7 keep 2 (0.75).
 *
 * <p>Source: S. Cao et al., "Efficient and Effective Sparse LSTM on FPGA with Bank-Balanced
 * Sparsity", FPGA 2019, section 3.1.
 *
 * @param banks B, at least 1
 */
public record Balanced(int banks) implements SparsityPattern {

  private static final double ROUNDING = 1e-12;

  /** Refuses fewer banks than one. */
  public Balanced {
    if (banks < 1) {
      throw new InvalidInputException(
          "pattern",
          "balanced:B with B of at least 1, banks in a row",
          "'balanced:" + banks + "'",
          "write for example balanced:8");
    }
  }

  @Override
  public String text() {
    return "balanced:" + banks;
  }

  @Override
  public Optional<String> misfit(int[] shape) {
    return shape.length >= 2 && Mask.elements(shape) / shape[0] % banks == 0
        ? Optional.empty()
        : Optional.of(
            "rank 2 or more and a row (all axes but 0) in %d equal banks".formatted(banks));
  }

  /** Returns floor((1 - sparsity) n + 0.5) for each bank of n weights. */
  @Override
  public int kept(double sparsity, int[] shape) {
    Tiling tiling = tiling(shape);
    // A ranking over all tensors gives 1 - kept / n, rounded: its halves are halves for all that.
    double halves = Math.max(0, sparsity - ROUNDING);
    return (int) Counts.kept(halves, tiling.size()) * tiling.tiles();
  }

  @Override
  public Mask best(Scores unitScores, int[] shape, int kept) {
    Tiling tiling = tiling(shape);
    return Mask.ofWords(shape, tiling.largestOfEach(unitScores, tiling.share(kept)));
  }

  /** Returns whether all banks keep the same number. */
  @Override
  public boolean satisfiedBy(Mask mask) {
    if (misfit(mask.shape()).isPresent()) {
      return false;
    }
    Tiling tiling = tiling(mask.shape());
    int kept = tiling.keptIn(0, mask);
    for (int tile = 1; tile < tiling.tiles(); tile++) {
      if (tiling.keptIn(tile, mask) != kept) {
        return false;
      }
    }
    return true;
  }

  private Tiling tiling(int[] shape) {
    int rows = shape[0];
    return Tiling.runs(rows * banks, Mask.elements(shape) / rows / banks);
  }
}
