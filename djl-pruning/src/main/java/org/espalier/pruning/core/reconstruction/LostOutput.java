package org.espalier.pruning.core.reconstruction;

import java.util.BitSet;

/** What an output loses with the features that go. */
final class LostOutput {

  private LostOutput() {}

  /**
   * Returns the sums over rows of the lost part of one output, Σ w_r x_r over r in R, times each
   * feature.
   *
   * @param weights of the output
   * @param gone R
   */
  static double[] products(Moments moments, double[] weights, BitSet gone) {
    double[] products = new double[moments.features() + 1];
    for (int r = gone.nextSetBit(0); r >= 0; r = gone.nextSetBit(r + 1)) {
      for (int s = 0; s < products.length && weights[r] != 0; s++) {
        products[s] += weights[r] * moments.product(r, s);
      }
    }
    return products;
  }
}
