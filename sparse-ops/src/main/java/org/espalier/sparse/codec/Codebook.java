package org.espalier.sparse.codec;

import java.util.Arrays;

/**
 * The values that the weights of a tensor share: different, ascending, each the nearest for at
 * least one weight. A weight in the middle of two goes to the lower one.
 *
 * <p>Source: Han, Mao and Dally, ICLR 2016, section 3.
 */
public final class Codebook {

  private final float[] entries;
  private final double[] borders;

  private Codebook(float[] entries) {
    this.entries = entries;
    this.borders = new double[Math.max(0, entries.length - 1)];
    for (int i = 0; i < borders.length; i++) {
      borders[i] = ((double) entries[i] + entries[i + 1]) / 2;
    }
  }

  /**
   * Names values that are known, for example the trained ones of a file.
   *
   * @param entries finite, strictly ascending
   */
  public static Codebook of(float... entries) {
    for (int i = 0; i < entries.length; i++) {
      if (!Float.isFinite(entries[i]) || (i > 0 && entries[i] <= entries[i - 1])) {
        throw new IllegalArgumentException(
            "shared values are finite and ascend, found " + entries[i] + " at index " + i);
      }
    }
    return new Codebook(entries.clone());
  }

  /**
   * Finds shared values for weights. If these have no more than {@code clusters} different values,
   * the shared values are exactly those, whatever the initialization: weights that were shared
   * before stay as they are. Else k-means; of clusters that end up empty no value is kept, and
   * centroids that round to the same float32 become one.
   *
   * @param values finite; -0 counts as 0
   * @param clusters the largest number of shared values, at least 1
   */
  public static Codebook learn(float[] values, int clusters, Clustering clustering) {
    if (clusters < 1) {
      throw new IllegalArgumentException("at least 1 cluster, found " + clusters);
    }
    float[] sorted = values.clone();
    for (int i = 0; i < sorted.length; i++) {
      if (!Float.isFinite(sorted[i])) {
        throw new IllegalArgumentException("weight " + i + " is " + sorted[i]);
      }
      sorted[i] += 0f; // -0 + 0 = +0: the two must not become two clusters
    }
    Arrays.sort(sorted);
    float[] different = firstDifferent(sorted, clusters + 1);
    if (different.length <= clusters) {
      return new Codebook(different);
    }
    double[] initial = clustering.initialization().centroids(sorted, clusters, clustering.seed());
    double[] centroids = KMeans.lloyd(sorted, initial, clustering.maxIterations());
    float[] rounded = new float[centroids.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) centroids[i] + 0f;
    }
    return new Codebook(firstDifferent(rounded, clusters)).withoutUnused(sorted);
  }

  /** Returns the number of shared values. */
  public int size() {
    return entries.length;
  }

  /** Returns the shared value of a code, below {@link #size()}. */
  public float entry(int code) {
    return entries[code];
  }

  /** Returns a copy of the shared values, ascending. */
  public float[] entries() {
    return entries.clone();
  }

  /** Returns the code of the shared value nearest to a weight. */
  public int code(float weight) {
    int low = 0;
    int high = borders.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (weight <= borders[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Returns the code of every weight. */
  public int[] codes(float[] weights) {
    int[] codes = new int[weights.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(weights[i]);
    }
    return codes;
  }

  /**
   * Returns how many times smaller {@code weights} float32 weights become by sharing alone: n b /
   * (n log2(k) + k b) with b = 32 and log2(k) rounded up to whole bits (equation 1).
   */
  public double compressionRate(long weights) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, entries.length - 1));
    double dense = (double) weights * Float.SIZE;
    return dense / ((double) weights * bits + (double) entries.length * Float.SIZE);
  }

  private Codebook withoutUnused(float[] weights) {
    boolean[] used = new boolean[entries.length];
    int count = 0;
    for (float weight : weights) {
      int code = code(weight);
      if (!used[code]) {
        used[code] = true;
        count++;
      }
    }
    float[] kept = new float[count];
    int next = 0;
    for (int i = 0; i < entries.length; i++) {
      if (used[i]) {
        kept[next++] = entries[i];
      }
    }
    return new Codebook(kept);
  }

  /** Returns the first different values, at most {@code limit}. */
  private static float[] firstDifferent(float[] sorted, int limit) {
    float[] different = new float[Math.min(limit, sorted.length)];
    int count = 0;
    for (int i = 0; i < sorted.length && count < different.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        different[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(different, count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Codebook codebook && Arrays.equals(entries, codebook.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return "Codebook" + Arrays.toString(entries);
  }
}
