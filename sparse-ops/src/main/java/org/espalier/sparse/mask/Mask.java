package org.espalier.sparse.mask;

import java.util.Arrays;
import java.util.Objects;

/**
 * Which weights of one tensor live: an immutable bit per element, row-major, with the tensor's
 * shape.
 */
public final class Mask {

  private final int[] shape;
  private final int elements;
  private final long[] words;
  private final int keptCount;

  private Mask(int[] shape, long[] words) {
    this.shape = shape;
    this.elements = elements(shape);
    this.words = words;
    int kept = 0;
    for (long word : words) {
      kept += Long.bitCount(word);
    }
    this.keptCount = kept;
  }

  /**
   * Makes a mask from bits, which it takes over: element i lives if bit {@code i % 64} of word
   * {@code i / 64} is set.
   *
   * @param shape extents of the tensor, each at least 1
   * @param words ceil(elements / 64) words; bits past the last element must be clear
   */
  public static Mask ofWords(int[] shape, long[] words) {
    int elements = elements(shape);
    if (words.length != wordCount(elements)) {
      throw new IllegalArgumentException(
          "a mask of %d elements has %d words, found %d"
              .formatted(elements, wordCount(elements), words.length));
    }
    int tail = elements & 63;
    if (tail != 0 && (words[words.length - 1] >>> tail) != 0) {
      throw new IllegalArgumentException("bits are set past the last element, " + elements);
    }
    return new Mask(shape.clone(), words);
  }

  /** Returns the mask of {@code shape} in which every weight lives. */
  public static Mask dense(int... shape) {
    int elements = elements(shape);
    long[] words = new long[wordCount(elements)];
    Arrays.fill(words, -1L);
    if ((elements & 63) != 0) {
      words[words.length - 1] >>>= 64 - (elements & 63);
    }
    return new Mask(shape.clone(), words);
  }

  /**
   * Returns the mask of what is not zero (NaN counts as not zero, -0 as zero).
   *
   * @param values row-major, as many as {@code shape} has elements
   */
  public static Mask ofNonZeros(float[] values, int... shape) {
    int elements = requireLength(values.length, shape);
    long[] words = new long[wordCount(elements)];
    for (int i = 0; i < elements; i++) {
      if (values[i] != 0f) {
        words[i >> 6] |= 1L << i;
      }
    }
    return new Mask(shape.clone(), words);
  }

  /**
   * Reads a mask from one byte per element, 0 = pruned, anything else = kept.
   *
   * @param bytes row-major, as many as {@code shape} has elements
   */
  public static Mask ofBytes(byte[] bytes, int... shape) {
    int elements = requireLength(bytes.length, shape);
    long[] words = new long[wordCount(elements)];
    for (int i = 0; i < elements; i++) {
      if (bytes[i] != 0) {
        words[i >> 6] |= 1L << i;
      }
    }
    return new Mask(shape.clone(), words);
  }

  /** Returns the number of elements of a tensor of this shape; all extents must be at least 1. */
  public static int elements(int... shape) {
    long elements = 1;
    for (int extent : shape) {
      if (extent < 1) {
        throw new IllegalArgumentException("extents must be at least 1: " + Arrays.toString(shape));
      }
      elements *= extent;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("more than 2^31-1 elements: " + Arrays.toString(shape));
      }
    }
    return (int) elements;
  }

  /** Returns how many 64-bit words hold {@code elements} bits. */
  public static int wordCount(int elements) {
    return (int) (((long) elements + 63) >>> 6);
  }

  /** Returns a copy of the extents of the tensor. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns the number of weights, dead or alive. */
  public int elements() {
    return elements;
  }

  /** Returns the exact number of weights that live. */
  public int keptCount() {
    return keptCount;
  }

  /** Returns zeros / elements, in [0, 1]. */
  public double sparsity() {
    return (double) (elements - keptCount) / elements;
  }

  /** Returns whether the weight at this row-major index lives. */
  public boolean isKept(int flatIndex) {
    Objects.checkIndex(flatIndex, elements);
    return (words[flatIndex >> 6] >>> flatIndex & 1) != 0;
  }

  /** Returns whether every weight that lives here also lives in {@code other}. */
  public boolean isSubsetOf(Mask other) {
    requireSameShape(other);
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & ~other.words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the mask of the weights that live in both. */
  public Mask and(Mask other) {
    requireSameShape(other);
    long[] both = new long[words.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = words[i] & other.words[i];
    }
    return new Mask(shape, both);
  }

  /** Returns the mask of the weights that live in either. */
  public Mask or(Mask other) {
    requireSameShape(other);
    long[] either = new long[words.length];
    for (int i = 0; i < either.length; i++) {
      either[i] = words[i] | other.words[i];
    }
    return new Mask(shape, either);
  }

  /** Returns the mask of the weights that live here and not in {@code other}. */
  public Mask minus(Mask other) {
    requireSameShape(other);
    long[] rest = new long[words.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = words[i] & ~other.words[i];
    }
    return new Mask(shape, rest);
  }

  /** Sets every pruned weight to exactly +0. */
  public void applyTo(float[] values) {
    requireLength(values.length, shape);
    for (int w = 0; w < words.length; w++) {
      int end = Math.min(elements, (w + 1) << 6);
      for (int i = w << 6; i < end; i++) {
        if ((words[w] >>> i & 1) == 0) {
          values[i] = 0f;
        }
      }
    }
  }

  /** Returns the bits: element i lives if bit {@code i % 64} of word {@code i / 64} is set. */
  public long[] toWords() {
    return words.clone();
  }

  /** Returns one float per element: 1 = kept, 0 = pruned. */
  public float[] toFloats() {
    float[] floats = new float[elements];
    for (int i = 0; i < elements; i++) {
      floats[i] = words[i >> 6] >>> i & 1;
    }
    return floats;
  }

  /** Returns one byte per element: 1 = kept, 0 = pruned. */
  public byte[] toBytes() {
    byte[] bytes = new byte[elements];
    for (int i = 0; i < elements; i++) {
      bytes[i] = (byte) (words[i >> 6] >>> i & 1);
    }
    return bytes;
  }

  private void requireSameShape(Mask other) {
    if (!Arrays.equals(shape, other.shape)) {
      throw new IllegalArgumentException(
          "masks differ in shape: %s and %s"
              .formatted(Arrays.toString(shape), Arrays.toString(other.shape)));
    }
  }

  private static int requireLength(int length, int[] shape) {
    int elements = elements(shape);
    if (length != elements) {
      throw new IllegalArgumentException(
          "shape %s has %d elements, found %d values"
              .formatted(Arrays.toString(shape), elements, length));
    }
    return elements;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask
        && Arrays.equals(shape, mask.shape)
        && Arrays.equals(words, mask.words);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "Mask" + Arrays.toString(shape) + " keeps " + keptCount + " of " + elements;
  }
}
