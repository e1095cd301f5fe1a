package org.espalier.sparse.pattern;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * The dictionary of a {@link KernelPattern}, learned from the scores of one tensor. A shape is a
 * word with a bit per position of the kernel.
 */
final class KernelShapes {

  private final List<Long> shapes;

  private KernelShapes(List<Long> shapes) {
    this.shapes = shapes;
  }

  /** Votes for one shape, by kernels with enough entries alive and by others. */
  private static final class Votes {
    private int full;
    private int partial;
  }

  /** Counts votes and keeps the shapes that have most. */
  static KernelShapes learn(Scores scores, Tiling kernels, KernelPattern pattern) {
    Map<Long, Votes> votes = new HashMap<>();
    BestOf best = new BestOf(kernels.size());
    for (int kernel = 0; kernel < kernels.tiles(); kernel++) {
      kernels.gather(scores, kernels.first(kernel), best.values());
      long shape = best.choose(pattern.entries())[0];
      Votes ofShape = votes.computeIfAbsent(shape, s -> new Votes());
      if (alive(shape, best.values())) {
        ofShape.full++;
      } else {
        ofShape.partial++;
      }
    }
    Comparator<Map.Entry<Long, Votes>> byVotes =
        Comparator.<Map.Entry<Long, Votes>>comparingInt(e -> -e.getValue().full)
            .thenComparingInt(e -> -e.getValue().partial)
            // With position 0 as the highest bit, the larger word has the earlier position.
            .thenComparing(e -> Long.reverse(e.getKey()), (a, b) -> Long.compareUnsigned(b, a));
    return new KernelShapes(
        votes.entrySet().stream()
            .sorted(byVotes)
            .limit(pattern.shapes())
            .map(Map.Entry::getKey)
            .toList());
  }

  private static boolean alive(long shape, double[] scores) {
    for (long left = shape; left != 0; left &= left - 1) {
      if (scores[Long.numberOfTrailingZeros(left)] == Double.NEGATIVE_INFINITY) {
        return false;
      }
    }
    return true;
  }

  /** Returns a bit per weight: each kernel in the shape with its largest score sum. */
  long[] choose(Scores scores, Tiling kernels) {
    long[] words = new long[Mask.wordCount(kernels.weights())];
    int[][] positions = shapes.stream().map(KernelShapes::positions).toArray(int[][]::new);
    Total[] totals = new Total[positions.length];
    Arrays.setAll(totals, shape -> new Total());
    double[] values = new double[kernels.size()];
    long[] chosen = new long[1];
    for (int kernel = 0; kernel < kernels.tiles(); kernel++) {
      int first = kernels.first(kernel);
      kernels.gather(scores, first, values);
      for (int shape = 0; shape < totals.length; shape++) {
        totals[shape].clear();
        for (int position : positions[shape]) {
          totals[shape].add(values[position]);
        }
      }
      chosen[0] = shapes.get(Total.firstLargest(totals));
      kernels.scatter(chosen, first, words);
    }
    return words;
  }

  private static int[] positions(long shape) {
    int[] positions = new int[Long.bitCount(shape)];
    long left = shape;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = Long.numberOfTrailingZeros(left);
      left &= left - 1;
    }
    return positions;
  }
}
