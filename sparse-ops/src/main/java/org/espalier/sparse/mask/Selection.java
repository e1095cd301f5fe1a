package org.espalier.sparse.mask;

import java.util.List;

/**
 * Exact choice of the k largest scores, in linear time, of one array or of several taken together.
 * Ties keep the lowest index, and across arrays the earlier array; -0 ties with +0; infinities
 * order as usual.
 *
 * <p>Scores are mapped to integers that order as the floats do, and the k-th largest is found by
 * two histogram passes over the upper and the lower 16 bits (a most-significant-digit radix
 * select), so the cost does not depend on k and no copy of the scores is made.
 */
public final class Selection {

  private static final int BUCKETS = 1 << 16;

  private Selection() {}

  /**
   * Returns a bit per score, set for the {@code k} largest.
   *
   * @param scores not NaN
   * @param k in [0, scores.length]
   * @return words as {@link Mask#ofWords} takes them
   */
  public static long[] largest(float[] scores, int k) {
    long[] words = new long[Mask.wordCount(scores.length)];
    if (k == 0) {
      requireNumbers(List.of(scores));
      return words;
    }
    Threshold threshold = threshold(List.of(scores), k);
    long ties = threshold.ties;
    int key = threshold.key;
    for (int w = 0; w < words.length; w++) {
      int start = w << 6;
      int end = Math.min(scores.length, start + 64);
      long word = 0;
      for (int i = start; i < end; i++) {
        int scoreKey = key(scores[i]);
        if (scoreKey > key || (scoreKey == key && ties-- > 0)) {
          word |= 1L << i;
        }
      }
      words[w] = word;
    }
    return words;
  }

  /**
   * Returns how many of the {@code k} largest of all scores fall into each array.
   *
   * @param scores not NaN
   * @param k in [0, total number of scores]
   */
  public static int[] countsOfLargest(List<float[]> scores, long k) {
    int[] counts = new int[scores.size()];
    if (k == 0) {
      requireNumbers(scores);
      return counts;
    }
    Threshold threshold = threshold(scores, k);
    long ties = threshold.ties;
    for (int a = 0; a < counts.length; a++) {
      int above = 0;
      int equal = 0;
      for (float score : scores.get(a)) {
        int scoreKey = key(score);
        above += scoreKey > threshold.key ? 1 : 0;
        equal += scoreKey == threshold.key ? 1 : 0;
      }
      int taken = (int) Math.min(ties, equal);
      ties -= taken;
      counts[a] = above + taken;
    }
    return counts;
  }

  /** The key of the k-th largest score, and how many scores with just that key are chosen. */
  private record Threshold(int key, long ties) {}

  private static Threshold threshold(List<float[]> arrays, long k) {
    long total = 0;
    for (float[] scores : arrays) {
      total += scores.length;
    }
    if (k < 1 || k > total) {
      throw new IllegalArgumentException("k must be in [0, " + total + "], found " + k);
    }
    long[] histogram = new long[BUCKETS];
    for (float[] scores : arrays) {
      for (float score : scores) {
        histogram[(key(score) >> 16) + (BUCKETS >> 1)]++;
      }
    }
    // NaN has the largest keys of all: it can be found here, at no cost per score.
    requireNoNaN(histogram, arrays);
    int upper = BUCKETS;
    long left = k;
    while (left > histogram[--upper]) {
      left -= histogram[upper];
    }
    int prefix = upper - (BUCKETS >> 1);
    long[] low = new long[BUCKETS];
    for (float[] scores : arrays) {
      for (float score : scores) {
        int key = key(score);
        if (key >> 16 == prefix) {
          low[key & 0xffff]++;
        }
      }
    }
    int lower = BUCKETS;
    while (left > low[--lower]) {
      left -= low[lower];
    }
    return new Threshold(prefix << 16 | lower, left);
  }

  /** Maps a float to an int of the same order; adding +0 first makes the two zeros one. */
  private static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0f);
    return bits ^ ((bits >> 31) & 0x7fffffff);
  }

  private static void requireNoNaN(long[] histogram, List<float[]> arrays) {
    int positive = (key(Float.POSITIVE_INFINITY) >> 16) + (BUCKETS >> 1);
    int negative = (key(Float.NEGATIVE_INFINITY) >> 16) + (BUCKETS >> 1);
    for (int bucket = positive; bucket < BUCKETS; bucket++) {
      if (histogram[bucket] != 0) {
        requireNumbers(arrays);
      }
    }
    for (int bucket = 0; bucket <= negative; bucket++) {
      if (histogram[bucket] != 0) {
        requireNumbers(arrays);
      }
    }
  }

  private static void requireNumbers(List<float[]> arrays) {
    for (int a = 0; a < arrays.size(); a++) {
      float[] scores = arrays.get(a);
      for (int i = 0; i < scores.length; i++) {
        if (Float.isNaN(scores[i])) {
          throw new IllegalArgumentException("score " + i + " of array " + a + " is NaN");
        }
      }
    }
  }
}
