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
  private static final int[] NOTHING = new int[BUCKETS];

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
    int key = threshold.key;
    // Where every tie is kept, one comparison without a branch decides; else ties are counted.
    long ties = threshold.ties == threshold.equal[0] ? Long.MAX_VALUE : threshold.ties;
    for (int w = 0; w < words.length; w++) {
      int start = w << 6;
      int end = Math.min(scores.length, start + 64);
      long word = 0;
      if (ties == Long.MAX_VALUE) {
        for (int i = start; i < end; i++) {
          word |= (key(scores[i]) >= key ? 1L : 0L) << i;
        }
      } else {
        for (int i = start; i < end; i++) {
          int scoreKey = key(scores[i]);
          if (scoreKey > key || (scoreKey == key && ties-- > 0)) {
            word |= 1L << i;
          }
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
      int taken = (int) Math.min(ties, threshold.equal[a]);
      ties -= taken;
      counts[a] = threshold.above[a] + taken;
    }
    return counts;
  }

  /**
   * The k-th largest score.
   *
   * @param key its key
   * @param ties how many scores with just that key are chosen
   * @param above by array, scores with larger keys
   * @param equal by array, scores with that key
   */
  private record Threshold(int key, long ties, int[] above, int[] equal) {}

  private static Threshold threshold(List<float[]> arrays, long k) {
    long total = 0;
    for (float[] scores : arrays) {
      total += scores.length;
    }
    if (k < 1 || k > total) {
      throw new IllegalArgumentException("k must be in [0, " + total + "], found " + k);
    }
    int[][] upper = arrays.stream().map(Selection::upperDigits).toArray(int[][]::new);
    requireNoNaN(upper, arrays);
    long left = k;
    int digit = BUCKETS;
    long count;
    while (left > (count = countOf(upper, --digit))) {
      left -= count;
    }
    int prefix = digit - (BUCKETS >> 1);
    int[][] lower = new int[upper.length][];
    for (int a = 0; a < lower.length; a++) {
      lower[a] = upper[a][digit] == 0 ? NOTHING : lowerDigits(arrays.get(a), prefix);
    }
    int low = BUCKETS;
    while (left > (count = countOf(lower, --low))) {
      left -= count;
    }
    int[] above = new int[upper.length];
    int[] equal = new int[upper.length];
    for (int a = 0; a < above.length; a++) {
      for (int bucket = digit + 1; bucket < BUCKETS; bucket++) {
        above[a] += upper[a][bucket];
      }
      for (int bucket = low + 1; bucket < BUCKETS; bucket++) {
        above[a] += lower[a][bucket];
      }
      equal[a] = lower[a][low];
    }
    return new Threshold(prefix << 16 | low, left, above, equal);
  }

  private static long countOf(int[][] histograms, int bucket) {
    long count = 0;
    for (int[] histogram : histograms) {
      count += histogram[bucket];
    }
    return count;
  }

  /**
   * Counts the upper 16 bits of the keys. Neighbours are often alike, and two counts of one bucket
   * in a row would wait for each other: two histograms take turns.
   */
  private static int[] upperDigits(float[] scores) {
    int[] even = new int[BUCKETS];
    int[] odd = new int[BUCKETS];
    int pairs = scores.length & -2;
    for (int i = 0; i < pairs; i += 2) {
      even[(key(scores[i]) >> 16) + (BUCKETS >> 1)]++;
      odd[(key(scores[i + 1]) >> 16) + (BUCKETS >> 1)]++;
    }
    if (pairs < scores.length) {
      even[(key(scores[pairs]) >> 16) + (BUCKETS >> 1)]++;
    }
    for (int i = 0; i < BUCKETS; i++) {
      even[i] += odd[i];
    }
    return even;
  }

  /** Counts the lower 16 bits of the keys that begin with {@code prefix}. */
  private static int[] lowerDigits(float[] scores, int prefix) {
    int[] histogram = new int[BUCKETS];
    for (float score : scores) {
      int key = key(score);
      if (key >> 16 == prefix) {
        histogram[key & 0xffff]++;
      }
    }
    return histogram;
  }

  /** Maps a float to an int of the same order; adding +0 first makes the two zeros one. */
  private static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0f);
    return bits ^ ((bits >> 31) & 0x7fffffff);
  }

  /** NaN has the largest and the smallest keys of all: the histograms show it for free. */
  private static void requireNoNaN(int[][] upper, List<float[]> arrays) {
    int positive = (key(Float.POSITIVE_INFINITY) >> 16) + (BUCKETS >> 1);
    int negative = (key(Float.NEGATIVE_INFINITY) >> 16) + (BUCKETS >> 1);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if ((bucket >= positive || bucket <= negative) && countOf(upper, bucket) != 0) {
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
