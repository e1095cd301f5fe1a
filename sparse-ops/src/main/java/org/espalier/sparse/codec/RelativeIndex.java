package org.espalier.sparse.codec;

/**
 * Positions of non-zeros in row-major order, as the number of zeros skipped since the last one (or
 * since the start), in b bits. Where more than 2^b - 1 zeros lie between, filler zeros bridge the
 * gap: each stands for 2^b - 1 skipped zeros and itself. Zeros behind the last weight need nothing.
 *
 * <p>The paper counts the distance d to the last entry, this class d - 1 zeros skipped, as EIE
 * does: both need a filler when d exceeds 2^b (8 for 3 bits in the paper's figure 2).
 *
 * <p>Source: Han, Mao and Dally, ICLR 2016, section 2 and figure 2; S. Han et al., "EIE: Efficient
 * Inference Engine on Compressed Deep Neural Network", ISCA 2016, section III-B.
 */
final class RelativeIndex {

  /**
   * Gets the entries in order.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Entries<E extends Exception> {
    /**
     * Takes one entry.
     *
     * @param symbol zeros skipped before a weight, below 2^b; 2^b for a filler
     * @param weight not 0; 0 for a filler
     */
    void entry(int symbol, float weight) throws E;
  }

  private RelativeIndex() {}

  /** Returns the symbol of a filler, one above the largest number of zeros skipped. */
  static int filler(int bits) {
    return 1 << bits;
  }

  /**
   * Tells the entries of a tensor.
   *
   * @param values row-major
   * @param bits b, 1 to 12
   */
  static <E extends Exception> void walk(float[] values, int bits, Entries<E> entries) throws E {
    int filler = filler(bits);
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0f) {
        int skipped = i - last - 1;
        for (; skipped >= filler; skipped -= filler) {
          entries.entry(filler, 0f);
        }
        entries.entry(skipped, values[i]);
        last = i;
      }
    }
  }
}
