package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;

/**
 * Unsigned indices of a few bits each, without gaps: index i occupies the bits from {@code i *
 * bits} on, the lowest first, of a row of 64-bit words.
 */
public final class PackedIndices {

  private final int bits;
  private final int size;
  private final long[] words;

  private PackedIndices(int bits, int size, long[] words) {
    this.bits = bits;
    this.size = size;
    this.words = words;
  }

  /**
   * Packs indices.
   *
   * @param bits of each, in [0, 31]
   * @param indices each in [0, 2^bits)
   */
  public static PackedIndices of(int bits, int... indices) {
    PackedIndices packed =
        new PackedIndices(bits, indices.length, new long[words(bits, indices.length)]);
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] >>> bits != 0) {
        throw new InvalidInputException(
            "packed index " + i,
            "in [0, 2^" + bits + ")",
            Integer.toString(indices[i]),
            "pack with more bits");
      }
      packed.put(i, indices[i]);
    }
    return packed;
  }

  /**
   * Takes over packed words after checking them.
   *
   * @param bits of each index, in [0, 31]
   * @param size number of indices
   * @param words ceil(size bits / 64) of them; bits past the last index must be clear
   */
  public static PackedIndices ofWords(int bits, int size, long[] words) {
    int expected = words(bits, size);
    if (words.length != expected) {
      throw new InvalidInputException(
          "packed indices",
          "%d words for %d indices of %d bits".formatted(expected, size, bits),
          Integer.toString(words.length),
          "pack the indices again");
    }
    int tail = (int) ((long) size * bits & 63);
    if (tail != 0 && words[expected - 1] >>> tail != 0) {
      throw new InvalidInputException(
          "packed indices, word " + (expected - 1),
          "no bits past the last index, from bit " + tail + " on",
          "0x" + Long.toHexString(words[expected - 1]),
          "pack the indices again");
    }
    return new PackedIndices(bits, size, words);
  }

  private static int words(int bits, int size) {
    if (bits < 0 || bits > 31 || size < 0) {
      throw new IllegalArgumentException(
          "indices have 0 to 31 bits, and are not fewer than 0; found %d bits, %d of them"
              .formatted(bits, size));
    }
    return (int) Footprint.ceil((long) size * bits, Long.SIZE);
  }

  private void put(int i, long index) {
    long bit = (long) i * bits;
    int word = (int) (bit >>> 6);
    if (bits > 0) {
      words[word] |= index << bit;
      if ((bit & 63) + bits > 64) {
        words[word + 1] |= index >>> -bit;
      }
    }
  }

  /** Returns the bits of each index. */
  public int bits() {
    return bits;
  }

  /** Returns the number of indices. */
  public int size() {
    return size;
  }

  /** Returns the live words: kernels read them, nobody writes them. */
  public long[] words() {
    return words;
  }

  /** Returns the index at {@code i}. */
  public int get(int i) {
    Objects.checkIndex(i, size);
    if (bits == 0) {
      return 0;
    }
    long bit = (long) i * bits;
    int word = (int) (bit >>> 6);
    long index = words[word] >>> bit;
    if ((bit & 63) + bits > 64) {
      index |= words[word + 1] << -bit;
    }
    return (int) (index & (1L << bits) - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackedIndices packed
        && bits == packed.bits
        && size == packed.size
        && Arrays.equals(words, packed.words);
  }

  @Override
  public int hashCode() {
    return Objects.hash(bits, size, Arrays.hashCode(words));
  }

  @Override
  public String toString() {
    return "PackedIndices[" + size + " of " + bits + " bits]";
  }
}
