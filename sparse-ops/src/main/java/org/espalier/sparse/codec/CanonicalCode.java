package org.espalier.sparse.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A prefix code that its lengths define: shorter codes come first, among equal lengths lower
 * symbols, each one above the last. A symbol that is alone needs no bits at all.
 *
 * <p>Source: E. S. Schwartz, B. Kallick, "Generating a Canonical Prefix Encoding", Communications
 * of the ACM 7(3), 1964; decoding: A. Moffat, A. Turpin, "On the Implementation of Minimum
 * Redundancy Prefix Codes", IEEE Transactions on Communications 45(10), 1997.
 */
final class CanonicalCode {

  /**
   * The longest code. A Huffman code of length n needs Fibonacci(n + 2) symbols coded, and a tensor
   * has fewer than 2^31: 44 is the longest that occurs.
   */
  static final int LONGEST = BitReader.WINDOW;

  private static final int SIZE_BITS = 13;
  private static final int LONGEST_BITS = 6;

  private final int[] lengths;
  private final int longest;

  /** Symbols in order of their codes. */
  private final int[] ordered;

  private final long[] codes;

  /** By length: the code after the last of this length, at the top of {@link #LONGEST} bits. */
  private final long[] limits;

  /** By length: what to add to a code of this length for its place in {@link #ordered}. */
  private final long[] offsets;

  /**
   * Makes the code.
   *
   * @param lengths of each symbol's code, 0 for symbols that do not occur
   * @throws IllegalArgumentException if these are not the lengths of a complete prefix code
   */
  CanonicalCode(int[] lengths) {
    if (!isComplete(lengths)) {
      throw new IllegalArgumentException("no complete code: " + Arrays.toString(lengths));
    }
    this.lengths = lengths.clone();
    this.longest = IntStream.of(lengths).max().orElse(0);
    this.ordered =
        IntStream.range(0, lengths.length)
            .filter(symbol -> lengths[symbol] > 0)
            .boxed()
            .sorted(Comparator.comparingInt(symbol -> lengths[symbol]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.codes = new long[lengths.length];
    this.limits = new long[longest + 1];
    this.offsets = new long[longest + 1];
    long code = 0;
    int next = 0;
    for (int length = 1; length <= longest; length++) {
      code <<= 1;
      offsets[length] = next - code;
      while (next < ordered.length && lengths[ordered[next]] == length) {
        codes[ordered[next++]] = code++;
      }
      limits[length] = code << (LONGEST - length);
    }
  }

  /** Makes the best code for symbols that occur so often. */
  static CanonicalCode ofCounts(long[] counts) {
    return new CanonicalCode(HuffmanLengths.of(counts));
  }

  /**
   * Reads the lengths of a code and makes it.
   *
   * @param largestSize of the alphabet
   * @throws org.espalier.sparse.InvalidInputException if they do not hold
   */
  static CanonicalCode read(BitReader in, int largestSize) throws IOException {
    int size = in.read(SIZE_BITS);
    int longest = in.read(LONGEST_BITS);
    if (size < 1 || size > largestSize || longest < 1 || longest > LONGEST) {
      throw in.damaged(
          "a code of 1 to " + largestSize + " symbols with lengths up to " + LONGEST,
          size + " symbols with lengths up to " + longest);
    }
    int[] lengths = new int[size];
    for (int i = 0; i < size; i++) {
      lengths[i] = in.read(width(longest));
    }
    boolean asStored = IntStream.of(lengths).max().getAsInt() == longest && lengths[size - 1] > 0;
    if (!asStored || !isComplete(lengths)) {
      throw in.damaged("the lengths of a complete code", "others");
    }
    return new CanonicalCode(lengths);
  }

  /** Writes the lengths, up to the last symbol that occurs. */
  void writeLengths(BitWriter out) throws IOException {
    int size = storedSize();
    out.write(size, SIZE_BITS);
    out.write(longest, LONGEST_BITS);
    for (int i = 0; i < size; i++) {
      out.write(lengths[i], width(longest));
    }
  }

  /** Returns the bits that {@link #writeLengths} takes. */
  long lengthsBits() {
    return SIZE_BITS + LONGEST_BITS + (long) storedSize() * width(longest);
  }

  /** Returns the number of symbols, those that do not occur included. */
  int size() {
    return lengths.length;
  }

  /** Returns the bits that a symbol takes. */
  int bits(int symbol) {
    return ordered.length == 1 ? 0 : lengths[symbol];
  }

  /** Returns the bits that symbols take together. */
  long bits(long[] counts) {
    long bits = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      bits += counts[symbol] == 0 ? 0 : counts[symbol] * bits(symbol);
    }
    return bits;
  }

  /** Writes a symbol that occurs. */
  void write(int symbol, BitWriter out) throws IOException {
    out.write(codes[symbol], bits(symbol));
  }

  /** Reads a symbol; the code is complete, so that any bits are one. */
  int read(BitReader in) throws IOException {
    if (ordered.length == 1) {
      return ordered[0];
    }
    long window = in.peek();
    int length = 1;
    while (window >= limits[length]) {
      length++;
    }
    in.skip(length);
    return ordered[(int) ((window >>> (LONGEST - length)) + offsets[length])];
  }

  /** Kraft's sum must be 1, or there is one symbol of length 1, or none. */
  private static boolean isComplete(int[] lengths) {
    long sum = 0;
    int symbols = 0;
    for (int length : lengths) {
      if (length < 0 || length > LONGEST) {
        return false;
      }
      if (length > 0) {
        symbols++;
        sum += 1L << (LONGEST - length);
      }
    }
    long whole = 1L << LONGEST;
    return symbols == 0 || sum == whole || (symbols == 1 && sum == whole / 2);
  }

  private int storedSize() {
    int size = lengths.length;
    while (size > 0 && lengths[size - 1] == 0) {
      size--;
    }
    return size;
  }

  private static int width(int longest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(longest);
  }
}
