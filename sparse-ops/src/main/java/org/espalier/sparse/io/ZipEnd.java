package org.espalier.sparse.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The record at the end of a zip, and its 64-bit form, which say how many entries the directory has
 * (PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16). {@link java.util.zip.ZipFile} takes
 * memory for that number before it looks at the directory: 100 bytes could claim gigabytes.
 */
final class ZipEnd {

  private static final int END = 0x06054b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int END_64 = 0x06064b50;

  private static final int END_LENGTH = 22;
  private static final int LOCATOR_64_LENGTH = 20;
  private static final int END_64_LENGTH = 56;
  private static final int LONGEST_COMMENT = (1 << 16) - 1;
  private static final int ALL_ONES = (1 << 16) - 1;

  /** Bytes of the smallest entry of the directory. */
  private static final int ENTRY_LENGTH = 46;

  private final FileChannel channel;
  private final long size;

  private ZipEnd(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /** Returns whether the file has room for as many entries as its end says; true if it has none. */
  static boolean isPlausible(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new ZipEnd(channel).everyEndIsPlausible();
    }
  }

  /**
   * Goes back from the end of the file to the first record that reaches it. Java may also choose
   * one that lies behind: all of these are judged.
   */
  private boolean everyEndIsPlausible() throws IOException {
    long first = Math.max(0, size - END_LENGTH - LONGEST_COMMENT);
    ByteBuffer tail = read(first, (int) (size - first));
    boolean plausible = true;
    for (int at = tail.limit() - END_LENGTH; plausible && at >= 0; at--) {
      if (tail.getInt(at) == END) {
        plausible = isPlausible(tail, at, first + at);
        if (first + at + END_LENGTH + unsignedShort(tail, at + 20) == size) {
          break;
        }
      }
    }
    return plausible;
  }

  private boolean isPlausible(ByteBuffer tail, int at, long position) throws IOException {
    long entries = unsignedShort(tail, at + 10);
    ByteBuffer record = record64(position);
    if (record == null) {
      return entries <= size / ENTRY_LENGTH;
    }
    long entries64 = record.getLong(32);
    boolean fits = entries64 >= 0 && entries64 <= size / ENTRY_LENGTH;
    return fits && (entries == ALL_ONES || entries == entries64);
  }

  /** Returns the 64-bit record that belongs to an end, or null if it has none. */
  private ByteBuffer record64(long position) throws IOException {
    if (position < LOCATOR_64_LENGTH) {
      return null;
    }
    ByteBuffer locator = read(position - LOCATOR_64_LENGTH, LOCATOR_64_LENGTH);
    long begin = locator.getLong(8);
    if (locator.getInt(0) != LOCATOR_64 || begin < 0 || begin > size - END_64_LENGTH) {
      return null;
    }
    ByteBuffer record = read(begin, END_64_LENGTH);
    return record.getInt(0) == END_64 ? record : null;
  }

  private static int unsignedShort(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the file became shorter");
      }
    }
    return bytes.flip();
  }
}
