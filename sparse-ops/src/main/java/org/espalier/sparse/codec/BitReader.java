package org.espalier.sparse.codec;

import java.io.IOException;
import org.espalier.sparse.InvalidInputException;

/** Bits out of a record, the highest bit of a byte first. For one thread. */
final class BitReader {

  /** Bits that {@link #peek()} shows. */
  static final int WINDOW = 48;

  private final RecordInput in;
  private long bits;
  private int count;
  private long consumed;

  BitReader(RecordInput in) {
    this.in = in;
  }

  /** Returns the next 48 bits as a number; zeros stand for bits behind the end. */
  long peek() throws IOException {
    while (count <= Long.SIZE - Byte.SIZE && in.remaining() > 0) {
      bits |= (long) in.readByte() << (Long.SIZE - Byte.SIZE - count);
      count += Byte.SIZE;
    }
    return bits >>> (Long.SIZE - WINDOW);
  }

  /**
   * Steps over bits that {@link #peek()} showed.
   *
   * @throws InvalidInputException if the record has fewer
   */
  void skip(int number) {
    if (number > count) {
      throw in.damaged("bits for every entry", "the end of the record");
    }
    bits <<= number;
    count -= number;
    consumed += number;
  }

  /** Returns the next bits as a number, at most 31. */
  int read(int number) throws IOException {
    int value = (int) (peek() >>> (WINDOW - number));
    skip(number);
    return value;
  }

  /** Returns the whole bytes that were needed for the bits read. */
  long bytesConsumed() {
    return (consumed + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Refuses anything but zeros up to the end of the record. */
  void requireZerosToTheEnd() throws IOException {
    boolean zero = bits == 0;
    while (zero && in.remaining() > 0) {
      zero = in.readByte() == 0;
    }
    if (!zero) {
      throw in.damaged("zeros behind the last entry", "other bits");
    }
  }

  /** Returns an error at this record, for callers that judge what they read. */
  InvalidInputException damaged(String expected, String found) {
    return in.damaged(expected, found);
  }
}
