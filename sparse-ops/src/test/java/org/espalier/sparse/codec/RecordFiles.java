package org.espalier.sparse.codec;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Bytes as the reader of records sees them, and files whose checksums are right again. */
final class RecordFiles {

  /** What a test does with a record. */
  @FunctionalInterface
  interface Use<T> {
    T apply(RecordInput in) throws IOException;
  }

  private RecordFiles() {}

  /** Lets a reader loose on bytes. */
  static <T> T read(byte[] bytes, Use<T> use) throws IOException {
    Path file = Files.createTempFile("record", ".bin");
    try {
      Files.write(file, bytes);
      try (FileChannel channel = FileChannel.open(file)) {
        return use.apply(new RecordInput(channel, 0, bytes.length, "test"));
      }
    } finally {
      Files.delete(file);
    }
  }

  /** Sets the checksum of every record that can be found, so that damage reaches the decoder. */
  static byte[] mended(byte[] file) {
    byte[] mended = file.clone();
    int[] at = {5};
    long records = varint(file, at);
    for (long i = 0; i < records; i++) {
      long length = varint(file, at);
      if (length < 4 || length > file.length - at[0]) {
        break;
      }
      long end = at[0] + length;
      CRC32 crc = new CRC32();
      crc.update(file, at[0], (int) length - 4);
      for (int b = 0; b < 4; b++) {
        mended[(int) end - 4 + b] = (byte) (crc.getValue() >>> 8 * b);
      }
      at[0] = (int) end;
    }
    return mended;
  }

  private static long varint(byte[] file, int[] at) {
    long number = 0;
    for (int shift = 0; at[0] < file.length && shift < 63; shift += 7) {
      byte next = file[at[0]++];
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    return -1;
  }
}
