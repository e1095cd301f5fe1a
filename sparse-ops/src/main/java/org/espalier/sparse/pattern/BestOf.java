package org.espalier.sparse.pattern;

import java.util.Arrays;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * The k largest of many small sets of scores, one set after the other, in the same memory: where a
 * set has a few members, the histograms of {@link Scores#largest} would cost more than the choice.
 */
final class BestOf {

  /** Up to here sorting a set is faster than a radix select over it. */
  private static final int SORTED = 4096;

  /** Up to here comparing every pair is faster than sorting. */
  private static final int RANKED = 16;

  private final double[] values;
  private final double[] sorted;
  private final long[] words;

  /**
   * @param size members of each set, at least 1
   */
  BestOf(int size) {
    values = new double[size];
    sorted = new double[Math.min(size, SORTED)];
    words = new long[Mask.wordCount(size)];
  }

  /** Returns the scores of the next set, for the caller to fill. */
  double[] values() {
    return values;
  }

  /**
   * Returns a bit per score, set for the {@code k} largest; ties keep the lowest index.
   *
   * @return words that hold until the next call
   * @throws IllegalArgumentException if a score is NaN or {@code k} is out of range
   */
  long[] choose(int k) {
    int size = values.length;
    if (size > SORTED || k < 0 || k > size) {
      return Scores.of(values).largest(k);
    }
    if (size <= RANKED) {
      words[0] = ranked(k);
      return words;
    }
    Arrays.fill(words, 0);
    System.arraycopy(values, 0, sorted, 0, size);
    Arrays.sort(sorted);
    if (Double.isNaN(sorted[size - 1])) {
      throw new IllegalArgumentException("a score is NaN");
    }
    if (k == 0) {
      return words;
    }
    // Sorting puts -0 before +0, but they compare as equal below: the two zeros tie.
    double threshold = sorted[size - k];
    int ties = k;
    for (int i = size - 1; sorted[i] > threshold; i--) {
      ties--;
    }
    for (int i = 0; i < size; i++) {
      if (values[i] > threshold || (values[i] == threshold && ties-- > 0)) {
        words[i >> 6] |= 1L << i;
      }
    }
    return words;
  }

  /** A score is chosen if fewer than k others are larger, or equal and before it. */
  private long ranked(int k) {
    long chosen = 0;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("a score is NaN");
      }
      int better = 0;
      for (int j = 0; j < i; j++) {
        better += values[j] >= value ? 1 : 0;
      }
      for (int j = i + 1; j < values.length; j++) {
        better += values[j] > value ? 1 : 0;
      }
      chosen |= (better < k ? 1L : 0L) << i;
    }
    return chosen;
  }
}
