package org.espalier.pruning.djl.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;

/** Gradients of single examples, row by row; refused where they are too many to hold. */
final class GradientRows {

  private final List<String> paths;
  private final float[][] rows;
  private int filled;

  /**
   * @param paths of the parameters
   * @param like a vector over them
   * @param examples rows
   * @param limit of all rows together, in bytes
   */
  GradientRows(List<String> paths, double[][] like, int examples, long limit) {
    this.paths = paths;
    requireRoom(like, examples, limit);
    rows = new float[like.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new float[examples * like[i].length];
    }
  }

  private static void requireRoom(double[][] like, int examples, long limit) {
    long weights = Vectors.size(like);
    double bytes = (double) examples * weights * Float.BYTES;
    long longest = 0;
    for (double[] row : like) {
      longest = Math.max(longest, row.length);
    }
    // A Java array holds fewer than 2³¹ numbers.
    if (bytes > limit || longest * examples > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          Statistic.GRADIENT_SAMPLES.key(),
          "at most %d bytes, and fewer than 2^31 numbers for one parameter".formatted(limit),
          "%d examples x %d weights x 4 bytes = %.0f bytes".formatted(examples, weights, bytes),
          "take fewer batches or smaller ones, or exclude the largest parameters");
    }
  }

  /** Appends the gradient of one example. */
  void add(double[][] gradient) {
    for (int i = 0; i < rows.length; i++) {
      int start = filled * gradient[i].length;
      for (int j = 0; j < gradient[i].length; j++) {
        rows[i][start + j] = (float) gradient[i][j];
      }
    }
    filled++;
  }

  /** Puts the rows among the results. */
  void putInto(Map<String, Map<Statistic, float[]>> results) {
    for (int i = 0; i < rows.length; i++) {
      results
          .computeIfAbsent(paths.get(i), path -> new TreeMap<>())
          .put(Statistic.GRADIENT_SAMPLES, rows[i]);
    }
  }
}
