package org.espalier.sparse.codec;

import java.io.IOException;
import java.io.OutputStream;

/** Bits into bytes, the highest bit of a byte first. For one thread. */
final class BitWriter {

  private final OutputStream out;
  private long pending;
  private int count;

  BitWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the lowest bits of a number, the highest of them first.
   *
   * @param bits 0 to 48; the number has no others
   */
  void write(long number, int bits) throws IOException {
    pending = pending << bits | number;
    count += bits;
    while (count >= Byte.SIZE) {
      count -= Byte.SIZE;
      out.write((int) (pending >>> count));
    }
  }

  /** Fills the last byte with zeros. */
  void finish() throws IOException {
    if (count > 0) {
      write(0, Byte.SIZE - count);
    }
  }
}
