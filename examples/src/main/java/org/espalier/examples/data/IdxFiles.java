package org.espalier.examples.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The four files of MNIST and of the sets that imitate it. Format: LeCun, Cortes, Burges, "The
 * MNIST database of handwritten digits", section "The IDX file format": big-endian magic number,
 * number of records, further extents, then one unsigned byte per value.
 */
final class IdxFiles {

  private static final int IMAGE_MAGIC = 0x803;
  private static final int LABEL_MAGIC = 0x801;
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  /** Far above the 60 000 of the published files, far below what fills a disk. */
  private static final int MAX_RECORDS = 1_000_000;

  private IdxFiles() {}

  /**
   * Checks the files of {@code folder} to the last byte and unpacks them under the names that DJL's
   * {@code Mnist} and {@code FashionMnist} expect in a simple repository.
   *
   * @throws org.espalier.sparse.InvalidInputException at the first file that does not hold
   */
  static void unpack(Path folder, TemporaryFolder target) {
    unpackPair(folder, "train", target, "train");
    unpackPair(folder, "t10k", target, "test");
  }

  private static void unpackPair(Path folder, String from, TemporaryFolder target, String to) {
    int images;
    try (PackedFile file = PackedFile.open(folder, from + "-images-idx3-ubyte")) {
      images = unpack(file, IMAGE_MAGIC, target, to + "_data");
    }
    try (PackedFile file = PackedFile.open(folder, from + "-labels-idx1-ubyte")) {
      int labels = unpack(file, LABEL_MAGIC, target, to + "_labels");
      if (labels != images) {
        throw file.invalid("%d labels, as there are images".formatted(images), labels + " labels");
      }
    }
  }

  /** Returns the number of records. */
  private static int unpack(PackedFile file, int magic, TemporaryFolder target, String name) {
    boolean labels = magic == LABEL_MAGIC;
    byte[] header = new byte[labels ? 8 : 16];
    if (file.read(header, header.length) < header.length) {
      throw file.invalid(
          "a header of %d bytes".formatted(header.length), "%d bytes".formatted(file.position()));
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int foundMagic = fields.getInt();
    if (foundMagic != magic) {
      throw file.invalid(
          "the magic number 0x%08x of IDX %s".formatted(magic, labels ? "labels" : "images"),
          "0x%08x".formatted(foundMagic));
    }
    int records = fields.getInt();
    if (records < 1 || records > MAX_RECORDS) {
      throw file.invalid("1 to %d records".formatted(MAX_RECORDS), records + " in the header");
    }
    if (!labels) {
      int height = fields.getInt();
      int width = fields.getInt();
      if (height != SIDE || width != SIDE) {
        throw file.invalid("images of 28x28 pixels", height + "x" + width + " in the header");
      }
    }
    target.append(name, header, header.length);
    copy(file, (long) records * (labels ? 1 : SIDE * SIDE), labels, target, name);
    return records;
  }

  private static void copy(
      PackedFile file, long bytes, boolean labels, TemporaryFolder target, String name) {
    byte[] buffer = new byte[1 << 18];
    long left = bytes;
    while (left > 0) {
      int wanted = (int) Math.min(left, buffer.length);
      int read = file.read(buffer, wanted);
      if (read < wanted) {
        throw file.invalid(
            "%d bytes behind the header, as it says".formatted(bytes),
            "the end of the file after %d".formatted(bytes - left + read));
      }
      if (labels) {
        requireLabels(file, buffer, read, bytes - left);
      }
      target.append(name, buffer, read);
      left -= read;
    }
    if (file.read(buffer, 1) != 0) {
      throw file.invalid(
          "%d bytes behind the header, as it says".formatted(bytes), "more than that");
    }
  }

  private static void requireLabels(PackedFile file, byte[] buffer, int length, long first) {
    for (int i = 0; i < length; i++) {
      if ((buffer[i] & 0xff) >= CLASSES) {
        throw file.invalid(
            "labels 0 to 9", "%d at label %d".formatted(buffer[i] & 0xff, first + i));
      }
    }
  }
}
