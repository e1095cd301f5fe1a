package org.espalier.sparse.codec;

import org.espalier.sparse.InvalidInputException;

/**
 * How many bits a weight and a position take before Huffman coding.
 *
 * @param weightBits w: at most 2^w shared values; 1 to 12
 * @param indexBits b: up to 2^b - 1 zeros are skipped in one step; 1 to 12
 */
public record CodeBits(int weightBits, int indexBits) {

  /** The largest number of bits of either kind. */
  static final int MOST = 12;

  /**
   * Refuses what the file format cannot hold.
   *
   * @throws InvalidInputException if a number is outside 1 to 12
   */
  public CodeBits {
    require("weight_bits", weightBits);
    require("index_bits", indexBits);
  }

  /** Returns whether a number of bits can be stored. */
  static boolean holds(int bits) {
    return bits >= 1 && bits <= MOST;
  }

  private static void require(String place, int bits) {
    if (!holds(bits)) {
      throw new InvalidInputException(
          place, "1 to " + MOST + " bits", Integer.toString(bits), "choose a number in this range");
    }
  }
}
