package org.espalier.sparse.mask;

import java.util.Arrays;
import java.util.List;

/**
 * {@link Selection} for scores in double precision: the same rules, by a radix select over four
 * digits of 16 bits. Only the first pass reads every score for nothing; the later ones count the
 * few that share the digits found so far.
 */
final class DoubleSelection {

  private static final int BUCKETS = 1 << 16;

  private DoubleSelection() {}

  static long[] largest(double[] scores, int k) {
    long[] words = new long[Mask.wordCount(scores.length)];
    List<double[]> one = List.of(scores);
    requireNumbers(one);
    if (requireCount(one, k) == 0) {
      return words;
    }
    Threshold threshold = threshold(one, k);
    long key = threshold.key;
    long ties = threshold.ties;
    boolean allTies = ties == threshold.equal;
    for (int w = 0; w < words.length; w++) {
      int start = w << 6;
      int end = Math.min(scores.length, start + 64);
      long word = 0;
      if (allTies) {
        for (int i = start; i < end; i++) {
          word |= (key(scores[i]) >= key ? 1L : 0L) << i;
        }
      } else {
        for (int i = start; i < end; i++) {
          long scoreKey = key(scores[i]);
          if (scoreKey > key || (scoreKey == key && ties-- > 0)) {
            word |= 1L << i;
          }
        }
      }
      words[w] = word;
    }
    return words;
  }

  static int[] countsOfLargest(List<double[]> scores, long k) {
    requireNumbers(scores);
    int[] counts = new int[scores.size()];
    if (requireCount(scores, k) == 0) {
      return counts;
    }
    Threshold threshold = threshold(scores, k);
    long ties = threshold.ties;
    for (int a = 0; a < counts.length; a++) {
      int taken = (int) Math.min(ties, equal(scores.get(a), threshold.key));
      ties -= taken;
      counts[a] = above(scores.get(a), threshold.key) + taken;
    }
    return counts;
  }

  /**
   * The k-th largest score.
   *
   * @param key its key
   * @param ties how many scores with just that key are chosen
   * @param equal how many there are
   */
  private record Threshold(long key, long ties, long equal) {}

  /** Finds the k-th largest score digit by digit from the top. */
  private static Threshold threshold(List<double[]> arrays, long k) {
    long left = k;
    long prefix = 0;
    long equal = 0;
    long[] histogram = new long[BUCKETS];
    for (int shift = 48; shift >= 0; shift -= 16) {
      Arrays.fill(histogram, 0);
      for (double[] scores : arrays) {
        count(scores, prefix, shift, histogram);
      }
      int digit = BUCKETS - 1;
      while (left > histogram[digit]) {
        left -= histogram[digit--];
      }
      equal = histogram[digit];
      prefix |= (long) digit << shift;
    }
    return new Threshold(prefix ^ Long.MIN_VALUE, left, equal);
  }

  /** Counts the digits at {@code shift} of the keys that agree with the prefix above it. */
  private static void count(double[] scores, long prefix, int shift, long[] histogram) {
    if (shift == 48) {
      for (double score : scores) {
        histogram[(int) ((key(score) ^ Long.MIN_VALUE) >>> 48)]++;
      }
      return;
    }
    long above = prefix >>> (shift + 16);
    for (double score : scores) {
      long key = key(score) ^ Long.MIN_VALUE;
      if (key >>> (shift + 16) == above) {
        histogram[(int) (key >>> shift) & 0xffff]++;
      }
    }
  }

  private static int above(double[] scores, long threshold) {
    int count = 0;
    for (double score : scores) {
      count += key(score) > threshold ? 1 : 0;
    }
    return count;
  }

  private static int equal(double[] scores, long threshold) {
    int count = 0;
    for (double score : scores) {
      count += key(score) == threshold ? 1 : 0;
    }
    return count;
  }

  /** Maps a double to a long of the same order; adding +0 first makes the two zeros one. */
  private static long key(double score) {
    long bits = Double.doubleToRawLongBits(score + 0d);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static long requireCount(List<double[]> arrays, long k) {
    long total = arrays.stream().mapToLong(scores -> scores.length).sum();
    if (k < 0 || k > total) {
      throw new IllegalArgumentException("k must be in [0, " + total + "], found " + k);
    }
    return k;
  }

  private static void requireNumbers(List<double[]> arrays) {
    for (int a = 0; a < arrays.size(); a++) {
      double[] scores = arrays.get(a);
      for (int i = 0; i < scores.length; i++) {
        if (Double.isNaN(scores[i])) {
          throw new IllegalArgumentException("score " + i + " of array " + a + " is NaN");
        }
      }
    }
  }
}
