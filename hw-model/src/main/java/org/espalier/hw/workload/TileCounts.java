package org.espalier.hw.workload;

import java.util.Arrays;

/** How many non-zeros a tile has: a distribution over 0 to the size of the tile. */
public final class TileCounts {

  private final double[] probabilities;

  private TileCounts(double[] probabilities) {
    this.probabilities = probabilities;
  }

  /**
   * Normalizes weights to a distribution.
   *
   * @param weights one for each count from 0 on, at least 0, with a sum above 0
   */
  public static TileCounts of(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      if (!(weight >= 0)) {
        throw new IllegalArgumentException("weights must be at least 0: " + weight);
      }
      sum += weight;
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      throw new IllegalArgumentException("weights must have a finite sum above 0: " + sum);
    }
    double total = sum;
    return new TileCounts(Arrays.stream(weights).map(weight -> weight / total).toArray());
  }

  /** Returns the distribution of a tile that always has {@code count} non-zeros. */
  public static TileCounts always(int count) {
    double[] weights = new double[count + 1];
    weights[count] = 1;
    return new TileCounts(weights);
  }

  /**
   * Returns the hypergeometric distribution: non-zeros among {@code drawn} elements of a matrix,
   * all placements equally likely.
   *
   * @param elements of the matrix, at least 1
   * @param nonZeros of the matrix, 0 to {@code elements}
   * @param drawn elements of the tile, 0 to {@code elements}
   */
  public static TileCounts hypergeometric(long elements, long nonZeros, int drawn) {
    if (nonZeros < 0 || nonZeros > elements || drawn < 0 || drawn > elements) {
      throw new IllegalArgumentException(
          "no tile: %d of %d elements, %d non-zeros".formatted(drawn, elements, nonZeros));
    }
    int least = (int) Math.max(0, drawn - (elements - nonZeros));
    int most = (int) Math.min(drawn, nonZeros);
    double[] weights = new double[most + 1];
    int mode = (int) ((drawn + 1.0) * (nonZeros + 1.0) / (elements + 2.0));
    mode = Math.max(least, Math.min(most, mode));
    // Ratios of neighbors, from the mode outwards: no factorials, no overflow.
    weights[mode] = 1;
    double zeros = (double) elements - nonZeros;
    for (int x = mode; x < most; x++) {
      weights[x + 1] =
          weights[x]
              * ((double) nonZeros - x)
              * (drawn - x)
              / ((x + 1.0) * (zeros - drawn + x + 1));
    }
    for (int x = mode; x > least; x--) {
      weights[x - 1] =
          weights[x] * x * (zeros - drawn + x) / ((nonZeros - x + 1.0) * (drawn - x + 1.0));
    }
    return of(weights);
  }

  /** Returns the distribution of the sum of a tile of this kind and one of the other. */
  public TileCounts plus(TileCounts other) {
    double[] sums = new double[probabilities.length + other.probabilities.length - 1];
    for (int a = 0; a < probabilities.length; a++) {
      for (int b = 0; probabilities[a] > 0 && b < other.probabilities.length; b++) {
        sums[a + b] += probabilities[a] * other.probabilities[b];
      }
    }
    return new TileCounts(sums);
  }

  /** Returns the largest count that has a place in the distribution. */
  public int most() {
    return probabilities.length - 1;
  }

  /** Returns the probability of a count; 0 beyond the largest. */
  public double probability(int count) {
    return count < probabilities.length ? probabilities[count] : 0;
  }

  /** Returns the expected count. */
  public double mean() {
    double mean = 0;
    for (int x = 1; x < probabilities.length; x++) {
      mean += x * probabilities[x];
    }
    return mean;
  }

  /** Returns the variance of the count. */
  public double variance() {
    double mean = mean();
    double variance = 0;
    for (int x = 0; x < probabilities.length; x++) {
      variance += (x - mean) * (x - mean) * probabilities[x];
    }
    return variance;
  }

  /**
   * Returns the expectation of ceil(count / size): steps of a unit that takes {@code size}
   * non-zeros at once.
   *
   * @param size at least 1
   */
  public double expectedSteps(int size) {
    double steps = 0;
    for (int x = 1; x < probabilities.length; x++) {
      steps += (x + size - 1) / size * probabilities[x];
    }
    return steps;
  }

  /**
   * Returns the expected largest count of several independent tiles.
   *
   * @param tiles at least 1
   */
  public double expectedMaximum(int tiles) {
    double maximum = 0;
    double below = 0;
    for (int x = 0; x < probabilities.length; x++) {
      double upTo = Math.min(1, below + probabilities[x]);
      maximum += x * (Math.pow(upTo, tiles) - Math.pow(below, tiles));
      below = upTo;
    }
    return maximum;
  }
}
