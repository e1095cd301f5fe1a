package org.espalier.sparse.codec;

import java.util.Arrays;

/**
 * Lloyd's algorithm in one dimension: every weight goes to the nearest centroid, every centroid to
 * the mean of its weights, until no weight changes. With the weights in order, a cluster is a range
 * between two middles of neighboring centroids, so a step searches k - 1 borders and adds up what
 * lies between them, in double precision.
 *
 * <p>A weight in the middle of two centroids goes to the lower one. Of equal centroids, the first
 * gets all. A centroid without weights stays where it is, and may win weights later.
 *
 * <p>Source: Han, Mao and Dally, ICLR 2016, equation 2; S. Lloyd, "Least Squares Quantization in
 * PCM", IEEE Transactions on Information Theory 28(2), 1982, method I.
 */
final class KMeans {

  private final float[] sorted;
  private final double[] centroids;
  private final int[] ends;

  private KMeans(float[] sorted, double[] centroids) {
    this.sorted = sorted;
    this.centroids = centroids;
    this.ends = new int[centroids.length];
  }

  /**
   * Moves centroids to where they stay, or for a number of steps.
   *
   * @param sorted the weights in ascending order, finite, at least one
   * @param initial at least one centroid
   * @return as many centroids, ascending
   */
  static double[] lloyd(float[] sorted, double[] initial, int maxIterations) {
    KMeans state = new KMeans(sorted, initial.clone());
    int[] before = null;
    for (int i = 0; i < maxIterations; i++) {
      // An empty cluster can be overtaken by a mean: order is not given.
      Arrays.sort(state.centroids);
      state.assign();
      if (Arrays.equals(before, state.ends)) {
        break;
      }
      before = state.ends.clone();
      state.update();
    }
    Arrays.sort(state.centroids);
    return state.centroids;
  }

  /** Cluster i gets the weights from {@code ends[i - 1]} to below {@code ends[i]}. */
  private void assign() {
    int last = centroids.length - 1;
    ends[last] = sorted.length;
    for (int i = last - 1; i >= 0; i--) {
      ends[i] =
          centroids[i] == centroids[i + 1]
              ? ends[i + 1]
              : upTo((centroids[i] + centroids[i + 1]) / 2);
    }
  }

  private void update() {
    int begin = 0;
    for (int i = 0; i < centroids.length; i++) {
      if (begin < ends[i]) {
        double sum = 0;
        for (int w = begin; w < ends[i]; w++) {
          sum += sorted[w];
        }
        centroids[i] = sum / (ends[i] - begin);
        begin = ends[i];
      }
    }
  }

  /** Returns how many weights do not exceed the border. */
  private int upTo(double border) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= border) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
