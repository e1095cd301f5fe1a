package org.espalier.sparse.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Writes the body of a record: counts its bytes, and ends with their checksum. */
final class RecordOutput extends OutputStream {

  private static final int CHUNK = 1 << 14;

  private final OutputStream out;
  private final CRC32 crc = new CRC32();
  private long written;

  /** The stream stays open when this one is closed. */
  RecordOutput(OutputStream out) {
    this.out = out;
  }

  /** Returns the bytes that {@link #writeVarint} takes. */
  static int varintBytes(long number) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 6) / 7);
  }

  /** Writes a whole number, at least 0, seven bits a byte, lowest first. */
  static void writeVarint(long number, OutputStream out) throws IOException {
    long rest = number;
    while (rest >= 0x80) {
      out.write((int) rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  @Override
  public void write(int oneByte) throws IOException {
    crc.update(oneByte);
    out.write(oneByte);
    written++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    crc.update(bytes, offset, length);
    out.write(bytes, offset, length);
    written += length;
  }

  /** Writes values in four bytes each, little-endian. */
  void writeFloats(float[] values) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < values.length; ) {
      int count = Math.min(CHUNK / Float.BYTES, values.length - done);
      chunk.asFloatBuffer().put(values, done, count);
      write(chunk.array(), 0, count * Float.BYTES);
      done += count;
    }
  }

  /** Fills with zeros up to a number of bytes and adds the checksum of all. */
  void finish(long bytes) throws IOException {
    while (written < bytes) {
      write(0);
    }
    if (written != bytes) {
      throw new IllegalStateException(written + " bytes written, " + bytes + " announced");
    }
    long sum = crc.getValue();
    for (int i = 0; i < Integer.BYTES; i++) {
      out.write((int) (sum >>> Byte.SIZE * i));
    }
  }
}
