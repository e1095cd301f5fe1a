package org.espalier.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes data sets of a few images in the published formats; pixel i of image n is a formula. */
final class TinyFiles {

  private TinyFiles() {}

  /** Returns pixel {@code i} of image {@code n}: different for each of the first 250 images. */
  static byte pixel(int n, int i) {
    return (byte) (n * 31 + i * 7);
  }

  /** Returns the label of image {@code n}. */
  static int label(int n) {
    return (n * 3 + 1) % 10;
  }

  static byte[] idxImages(int count) {
    ByteBuffer file = ByteBuffer.allocate(16 + count * 784);
    file.putInt(0x803).putInt(count).putInt(28).putInt(28);
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < 784; i++) {
        file.put(pixel(n, i));
      }
    }
    return file.array();
  }

  static byte[] idxLabels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count);
    file.putInt(0x801).putInt(count);
    for (int n = 0; n < count; n++) {
      file.put((byte) label(n));
    }
    return file.array();
  }

  /** Returns records {@code from} to {@code to - 1} of CIFAR-10. */
  static byte[] cifarRecords(int from, int to) {
    ByteBuffer file = ByteBuffer.allocate((to - from) * 3073);
    for (int n = from; n < to; n++) {
      file.put((byte) label(n));
      for (int i = 0; i < 3072; i++) {
        file.put(pixel(n, i));
      }
    }
    return file.array();
  }

  /** Writes the four files of MNIST, with gzip. */
  static void writeMnist(Path folder, int train, int test) {
    gzip(folder, "train-images-idx3-ubyte", idxImages(train));
    gzip(folder, "train-labels-idx1-ubyte", idxLabels(train));
    gzip(folder, "t10k-images-idx3-ubyte", idxImages(test));
    gzip(folder, "t10k-labels-idx1-ubyte", idxLabels(test));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static void gzip(Path folder, String name, byte[] content) {
    write(folder, name + ".gz", gzip(content));
  }

  static void write(Path folder, String name, byte[] content) {
    try {
      Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
