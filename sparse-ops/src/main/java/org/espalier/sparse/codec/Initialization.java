package org.espalier.sparse.codec;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Where k centroids start. Linear keeps centroids among the few large weights, which matter most.
 *
 * <p>Source: Han, Mao and Dally, ICLR 2016, section 3.2 and figure 6.
 */
public enum Initialization {
  /** Equal steps between the smallest and the largest weight, both included; k = 1: the middle. */
  LINEAR {
    @Override
    double[] centroids(float[] sorted, int k, long seed) {
      double smallest = sorted[0];
      double range = sorted[sorted.length - 1] - smallest;
      double[] centroids = new double[k];
      for (int i = 0; i < k; i++) {
        centroids[i] = smallest + range * (k == 1 ? 0.5 : (double) i / (k - 1));
      }
      return centroids;
    }
  },

  /**
   * Equal steps of the cumulative distribution: centroid i is the smallest weight that at least (i
   * + 1/2) / k of all weights do not exceed. The paper leaves the ends of its steps open; half a
   * step at both is symmetric.
   */
  DENSITY {
    @Override
    double[] centroids(float[] sorted, int k, long seed) {
      double[] centroids = new double[k];
      for (int i = 0; i < k; i++) {
        // The rank is ceil(n (2 i + 1) / (2 k)), counted from 1, in whole numbers.
        long steps = sorted.length * (2L * i + 1);
        centroids[i] = sorted[(int) ((steps + 2L * k - 1) / (2L * k)) - 1];
      }
      return centroids;
    }
  },

  /**
   * Forgy's: k of the weights, each subset equally likely. Equal weights can be drawn more than
   * once.
   */
  RANDOM {
    @Override
    double[] centroids(float[] sorted, int k, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      // R. W. Floyd's sampling: k draws, whatever the number of weights.
      Set<Integer> drawn = new HashSet<>();
      double[] centroids = new double[k];
      for (int i = 0; i < k; i++) {
        int last = sorted.length - k + i;
        int index = random.nextInt(last + 1);
        if (!drawn.add(index)) {
          index = last;
          drawn.add(index);
        }
        centroids[i] = sorted[index];
      }
      return centroids;
    }
  };

  /**
   * Returns the centroids in any order.
   *
   * @param sorted the weights in ascending order, finite, at least k
   * @param k at least 1
   */
  abstract double[] centroids(float[] sorted, int k, long seed);
}
