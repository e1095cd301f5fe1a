package org.espalier.sparse.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip with right lengths and checksums out of a few bytes. Each entry begins with a byte of flags
 * and a byte that counts the bytes of its content in the recipe, in eights:
 *
 * <ul>
 *   <li>flag 1: deflated, else stored
 *   <li>flag 2: the content is a whole npy array, header included; else it is the header's type (a
 *       byte: index among {@link #TYPES}), rank (a byte, modulo 4), extents (a byte each) and the
 *       values, to which zeros are added up to the size that the header promises
 *   <li>flag 4: the header says Fortran order
 *   <li>flag 8: the version of npy is 2.0, else 1.0
 * </ul>
 */
final class NpzRecipe {

  /** All that NumPy writes, in both orders, and two that are refused. */
  static final String[] TYPES = {
    "<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8",
    "|u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8", "|b1", "=f4", "<c8", "|O"
  };

  static final int DEFLATED = 1;
  static final int WHOLE = 2;
  static final int FORTRAN = 4;
  static final int VERSION_2 = 8;

  /** More would only be slow. */
  private static final int MOST_ENTRIES = 8;

  private static final int MOST_VALUES = 1 << 12;

  private NpzRecipe() {}

  /** Makes the zip. */
  static byte[] zip(byte[] recipe) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(recipe);
    int number = 0;
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      while (in.remaining() >= 2 && number < MOST_ENTRIES) {
        int flags = in.get();
        int length = Byte.SIZE * next(in);
        byte[] content = new byte[Math.min(in.remaining(), length)];
        in.get(content);
        byte[] array = has(flags, WHOLE) ? content : array(flags, ByteBuffer.wrap(content));
        put(zip, "a" + number++ + ".npy", array, has(flags, DEFLATED));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] array(int flags, ByteBuffer in) throws IOException {
    String type = TYPES[next(in) % TYPES.length];
    int rank = next(in) % 4;
    StringBuilder extents = new StringBuilder();
    int values = 1;
    for (int i = 0; i < rank; i++) {
      int extent = next(in);
      extents.append(extent).append(i == 0 || i < rank - 1 ? ", " : "");
      values *= extent;
    }
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n"
            .formatted(type, has(flags, FORTRAN) ? "True" : "False", extents);
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    boolean second = has(flags, VERSION_2);
    array.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) (second ? 2 : 1), 0});
    array.write(text.length());
    array.write(new byte[second ? 3 : 1]);
    array.write(text.getBytes(StandardCharsets.US_ASCII));
    int size = Math.min(values, MOST_VALUES) * (type.equals("|O") ? 8 : type.charAt(2) - '0');
    byte[] payload = new byte[size];
    in.get(payload, 0, Math.min(size, in.remaining()));
    array.write(payload);
    return array.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content, boolean deflated)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    if (!deflated) {
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static int next(ByteBuffer in) {
    return in.hasRemaining() ? in.get() & 0xFF : 0;
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }
}
