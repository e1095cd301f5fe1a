package org.espalier.sparse.format;

/** The width rule for stored indices: the smallest of 1, 2 and 4 bytes, read as unsigned. */
public final class IndexWidth {

  private IndexWidth() {}

  /**
   * Returns the bytes of an unsigned index that must reach {@code largest}.
   *
   * @param largest the largest value the index must take, below 2^32; -1 if there is none
   * @return 1, 2 or 4
   */
  public static int bytesFor(long largest) {
    if (largest <= 0xFF) {
      return 1;
    }
    return largest <= 0xFFFF ? 2 : 4;
  }

  /**
   * Returns the bits of an index that takes {@code count} different values: ceil(log2 count).
   *
   * @param count at least 1
   * @return 0 to 31
   */
  public static int bitsFor(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("an index takes at least 1 value, found " + count);
    }
    return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }
}
