package org.espalier.sparse.pattern;

import java.util.Arrays;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * Balanced over the processing elements of an accelerator: row i of the matrix view belongs to
 * element i mod P, and the counts of any two elements differ by at most one. A unit is a weight.
 *
 * <p>Of n weights, floor((1 - sparsity) n + 0.5) live. Each of the P elements keeps its best
 * floor(kept / P); the kept mod P elements whose next best weight has the largest score keep that
 * weight too (ties: the lower flat index). That is the largest total that the counts allow. P must
 * divide the rows: an element with a row more than another could not be as sparse and as busy.
 *
 * <p>Source: S. Han et al., "ESE: Efficient Speech Recognition Engine with Sparse LSTM on FPGA",
 * FPGA 2017, section 3.2 (load-balance-aware pruning).
 *
 * @param elements P, at least 1
 */
public record BalancedPe(int elements) implements SparsityPattern {

  /** Refuses fewer elements than one. */
  public BalancedPe {
    if (elements < 1) {
      throw new InvalidInputException(
          "pattern",
          "balanced-pe:P with P of at least 1, processing elements",
          "'balanced-pe:" + elements + "'",
          "write for example balanced-pe:32");
    }
  }

  @Override
  public String text() {
    return "balanced-pe:" + elements;
  }

  @Override
  public Optional<String> misfit(int[] shape) {
    return shape.length >= 2 && shape[0] % elements == 0
        ? Optional.empty()
        : Optional.of("rank 2 or more and a multiple of %d rows (axis 0)".formatted(elements));
  }

  @Override
  public int kept(double sparsity, int[] shape) {
    return (int) Counts.kept(sparsity, units(shape));
  }

  @Override
  public Mask best(Scores unitScores, int[] shape, int kept) {
    Tiling tiling = tiling(shape);
    if (kept < 0 || kept > tiling.weights()) {
      throw new IllegalArgumentException(
          "kept must be in [0, %d], found %d".formatted(tiling.weights(), kept));
    }
    int base = kept / elements;
    int extra = kept % elements;
    long[] words = tiling.largestOfEach(unitScores, base);
    if (extra > 0) {
      addNextBest(unitScores, tiling, base, extra, words);
    }
    return Mask.ofWords(shape, words);
  }

  /** Gives one weight more to each of the {@code extra} elements that gain most from it. */
  private void addNextBest(Scores scores, Tiling tiling, int base, int extra, long[] words) {
    long[] more = tiling.largestOfEach(scores, base + 1);
    int[] next = new int[elements];
    for (int w = 0; w < more.length; w++) {
      // The choice of one more contains the choice before: one bit remains per element.
      for (long left = more[w] & ~words[w]; left != 0; left &= left - 1) {
        int weight = (w << 6) + Long.numberOfTrailingZeros(left);
        next[weight / tiling.width() % elements] = weight;
      }
    }
    // In the order of flat indices, so that ties keep the lowest one.
    Arrays.sort(next);
    double[] gains = Arrays.stream(next).mapToDouble(scores::at).toArray();
    long[] winners = Scores.of(gains).largest(extra);
    for (int e = 0; e < elements; e++) {
      if ((winners[e >> 6] >>> e & 1) != 0) {
        words[next[e] >> 6] |= 1L << next[e];
      }
    }
  }

  /** Returns whether the counts of any two elements differ by at most one. */
  @Override
  public boolean satisfiedBy(Mask mask) {
    if (misfit(mask.shape()).isPresent()) {
      return false;
    }
    Tiling tiling = tiling(mask.shape());
    int least = mask.elements();
    int most = 0;
    for (int tile = 0; tile < tiling.tiles(); tile++) {
      int kept = tiling.keptIn(tile, mask);
      least = Math.min(least, kept);
      most = Math.max(most, kept);
    }
    return most - least <= 1;
  }

  private Tiling tiling(int[] shape) {
    int rows = shape[0];
    return new Tiling(1, rows / elements, elements, Mask.elements(shape) / rows);
  }
}
