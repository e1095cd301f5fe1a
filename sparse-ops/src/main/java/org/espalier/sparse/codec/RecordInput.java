package org.espalier.sparse.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.espalier.sparse.InvalidInputException;

/**
 * A range of bytes of a file, read once from its beginning, never past its end. What it allocates
 * is no more than that range.
 */
final class RecordInput {

  private static final String REMEDY = "encode the model again";
  private static final int CHUNK = 1 << 13;

  private final FileChannel channel;
  private final String place;
  private final ByteBuffer buffer;
  private final CRC32 crc = new CRC32();
  private final long end;
  private long filledUpTo;

  /**
   * Reads from one position to below another, both inside the file.
   *
   * @param place file and tensor, for messages
   */
  RecordInput(FileChannel channel, long begin, long end, String place) {
    this.channel = channel;
    this.filledUpTo = begin;
    this.end = end;
    this.place = place;
    this.buffer = ByteBuffer.allocate((int) Math.min(CHUNK, end - begin)).limit(0);
  }

  /** Returns an error at a place of a file in this format. */
  static InvalidInputException damaged(String place, String expected, String found) {
    return new InvalidInputException(place, expected, found, REMEDY);
  }

  /** Returns an error at this place. */
  InvalidInputException damaged(String expected, String found) {
    return damaged(place, expected, found);
  }

  /** Returns the bytes that are left. */
  long remaining() {
    return end - position();
  }

  /** Returns the position in the file. */
  long position() {
    return filledUpTo - buffer.remaining();
  }

  /** Returns the next byte, 0 to 255. */
  int readByte() throws IOException {
    if (!buffer.hasRemaining()) {
      fill();
    }
    return buffer.get() & 0xFF;
  }

  /** Fills an array. */
  void readFully(byte[] to) throws IOException {
    for (int done = 0; done < to.length; ) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      int count = Math.min(buffer.remaining(), to.length - done);
      buffer.get(to, done, count);
      done += count;
    }
  }

  /** Fills an array with values of four bytes each, little-endian. */
  void readFloats(float[] to) throws IOException {
    for (int i = 0; i < to.length; i++) {
      int bits = 0;
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        bits |= readByte() << shift;
      }
      to[i] = Float.intBitsToFloat(bits);
    }
  }

  /**
   * Reads a whole number of up to nine bytes.
   *
   * @param most the largest number that holds here
   */
  long readVarint(String what, long most) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      int next = readByte();
      number |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) {
          throw damaged(what + " in as few bytes as it needs", "more bytes");
        }
        if (number > most) {
          throw damaged(what + " of at most " + most, Long.toString(number));
        }
        return number;
      }
    }
    throw damaged(what + " of at most " + most, "a number of more than 63 bits");
  }

  /** Compares all bytes read with the checksum that follows the range; all must have been read. */
  void requireChecksum() throws IOException {
    if (remaining() != 0) {
      throw damaged("the end of the record", remaining() + " more bytes");
    }
    ByteBuffer stored = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (stored.hasRemaining()) {
      if (channel.read(stored, end + stored.position()) < 0) {
        throw damaged("a checksum", "the end of the file");
      }
    }
    if (stored.getInt(0) != (int) crc.getValue()) {
      throw damaged("the checksum of the record", "damaged data");
    }
  }

  private void fill() throws IOException {
    int wanted = (int) Math.min(buffer.capacity(), end - filledUpTo);
    if (wanted == 0) {
      throw damaged("a whole record", "its end");
    }
    buffer.clear().limit(wanted);
    int count = channel.read(buffer, filledUpTo);
    buffer.flip();
    if (count <= 0) {
      throw damaged("a whole record", "the end of the file");
    }
    crc.update(buffer.array(), 0, count);
    filledUpTo += count;
  }
}
