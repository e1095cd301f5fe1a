package org.espalier.sparse.format;

/** The width rule for stored indices: the smallest of 1, 2 and 4 bytes, read as unsigned. */
public final class IndexWidth {

  private IndexWidth() {}

  /**
   * Returns the bytes of an unsigned index that must reach {@code largest}.
   *
   * @param largest the largest value the index must take; -1 if there is none
   * @return 1, 2 or 4
   */
  public static int bytesFor(int largest) {
    if (largest <= 0xFF) {
      return 1;
    }
    return largest <= 0xFFFF ? 2 : 4;
  }
}
