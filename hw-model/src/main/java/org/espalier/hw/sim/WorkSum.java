package org.espalier.hw.sim;

/**
 * The distribution of the cycles that an element needs for several columns: a sum of independent
 * parts. Kept value by value while it is narrow, and by mean, variance and skewness from there on,
 * where the expansion of Cornish and Fisher is accurate.
 *
 * <p>Source: E. A. Cornish and R. A. Fisher, "Moments and cumulants in the specification of
 * distributions", Revue de l'Institut International de Statistique 5 (1938), first term in the
 * skewness, from memory: x = mean + s (u + g (u^2 - 1) / 6) for a standard normal u; solved for u
 * to the same order.
 */
final class WorkSum {

  /** Above this variance a sum is kept by its moments. */
  private static final double WIDE = 20;

  /** What is cut off at each end, per sum. */
  private static final double CUT = 1e-10;

  private final double mean;
  private final double variance;
  private final double third;
  private final int first;
  private final double[] probabilities;
  private double[] logBelow;

  private WorkSum(double mean, double variance, double third, int first, double[] probabilities) {
    this.mean = mean;
    this.variance = variance;
    this.third = third;
    this.first = first;
    this.probabilities = probabilities;
  }

  /** Returns the distribution with the probability of each value from 0 on. */
  static WorkSum of(double[] probabilities) {
    double mean = SliceEntries.mean(probabilities);
    double variance = 0;
    double third = 0;
    for (int x = 0; x < probabilities.length; x++) {
      double away = x - mean;
      variance += away * away * probabilities[x];
      third += away * away * away * probabilities[x];
    }
    return of(mean, variance, third, 0, probabilities);
  }

  private static WorkSum of(double mean, double variance, double third, int first, double[] p) {
    if (variance > WIDE) {
      return new WorkSum(mean, variance, third, 0, null);
    }
    int low = 0;
    int high = p.length - 1;
    for (double cut = p[low]; low < high && cut < CUT; cut += p[low]) {
      low++;
    }
    for (double cut = p[high]; low < high && cut < CUT; cut += p[high]) {
      high--;
    }
    double[] kept = new double[high - low + 1];
    System.arraycopy(p, low, kept, 0, kept.length);
    return new WorkSum(mean, variance, third, first + low, kept);
  }

  /** Returns the distribution of the sum with an independent one. */
  WorkSum plus(WorkSum other) {
    double sumMean = mean + other.mean;
    double sumVariance = variance + other.variance;
    double sumThird = third + other.third;
    if (sumVariance > WIDE || !isNarrow() || !other.isNarrow()) {
      return new WorkSum(sumMean, sumVariance, sumThird, 0, null);
    }
    double[] sum = new double[probabilities.length + other.probabilities.length - 1];
    for (int a = 0; a < probabilities.length; a++) {
      double p = probabilities[a];
      for (int b = 0; b < other.probabilities.length; b++) {
        sum[a + b] += p * other.probabilities[b];
      }
    }
    return of(sumMean, sumVariance, sumThird, first + other.first, sum);
  }

  /** Returns the moments after some more rows, of which each adds to mean and variance. */
  WorkSum grown(int rows, double meanPerRow, double variancePerRow) {
    return new WorkSum(
        mean + rows * meanPerRow, Math.max(0, variance) + rows * variancePerRow, third, 0, null);
  }

  /** Returns the same moments around another mean. */
  WorkSum shifted(double by) {
    return new WorkSum(mean + by, variance, third, 0, null);
  }

  /** Returns whether probabilities are kept value by value. */
  boolean isNarrow() {
    return probabilities != null;
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return Math.sqrt(variance);
  }

  /** Returns the least value of a narrow distribution. */
  int least() {
    return first;
  }

  /** Returns the largest value of a narrow distribution. */
  int most() {
    return first + probabilities.length - 1;
  }

  /** Returns log of the probability of at most {@code x}. */
  double logBelow(double x) {
    return isNarrow() ? narrowLogBelow((int) Math.floor(x)) : wideLogBelow(x);
  }

  private double wideLogBelow(double x) {
    double s = deviation();
    if (s == 0) {
      return x >= mean ? 0 : Double.NEGATIVE_INFINITY;
    }
    double z = (x - mean) / s;
    double skewness = third / (variance * s);
    // Beyond |z| = 3 / skewness the expansion turns round.
    double turn = 3 / Math.max(Math.abs(skewness), 1e-9);
    double within = Math.max(-turn, Math.min(turn, z));
    double u = within - skewness / 6 * (within * within - 1) + (z - within);
    return Math.log1p(-Normal.above(u));
  }

  private double narrowLogBelow(int x) {
    if (logBelow == null) {
      // From the upper end, so that what is left above keeps its precision.
      logBelow = new double[probabilities.length];
      double above = 0;
      for (int i = probabilities.length - 1; i >= 0; i--) {
        logBelow[i] = Math.log1p(-Math.min(1, above));
        above += probabilities[i];
      }
    }
    if (x < first) {
      return Double.NEGATIVE_INFINITY;
    }
    return x >= most() ? 0 : logBelow[x - first];
  }
}
