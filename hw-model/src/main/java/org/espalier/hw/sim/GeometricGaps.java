package org.espalier.hw.sim;

import java.util.SplittableRandom;

/**
 * How many zeros lie between two non-zeros when each element lives with the same probability: a
 * geometric distribution. Drawn by inversion from a table of cumulative probabilities, entered at
 * the place that a guide table knows for the leading bits.
 *
 * <p>Source: L. Devroye, "Non-Uniform Random Variate Generation", Springer 1986, section III.2.4
 * (the method of guide tables, due to Chen and Asau), from memory.
 */
final class GeometricGaps {

  private static final int GUIDE_BITS = 10;

  private static final int LENGTH = 256;

  private final SplittableRandom random;

  /** below[g] / 2^63 is the probability of a gap of at most g. */
  private final long[] below = new long[LENGTH];

  private final int[] guide = new int[1 << GUIDE_BITS];

  /**
   * @param density probability of a non-zero, in (0, 1]
   * @param random to draw from
   */
  GeometricGaps(double density, SplittableRandom random) {
    this.random = random;
    double log = Math.log1p(-density);
    for (int gap = 0; gap < LENGTH; gap++) {
      // The cast saturates at 2^63 - 1, which no draw reaches.
      below[gap] = (long) (-Math.expm1((gap + 1) * log) * 0x1p63);
    }
    int gap = 0;
    for (int i = 0; i < guide.length; i++) {
      while (gap < LENGTH && below[gap] <= (long) i << 63 - GUIDE_BITS) {
        gap++;
      }
      guide[i] = gap;
    }
  }

  /** Draws a gap. */
  long next() {
    long passed = 0;
    while (true) {
      long u = random.nextLong() >>> 1;
      int gap = guide[(int) (u >>> 63 - GUIDE_BITS)];
      while (gap < LENGTH && below[gap] <= u) {
        gap++;
      }
      if (gap < LENGTH) {
        return passed + gap;
      }
      // Longer than the table: what is left has the same distribution.
      passed += LENGTH;
      if (passed > Integer.MAX_VALUE) {
        return passed;
      }
    }
  }
}
