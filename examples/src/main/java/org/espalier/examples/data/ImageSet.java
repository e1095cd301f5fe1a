package org.espalier.examples.data;

import java.util.Arrays;
import java.util.Objects;

/**
 * Labelled images in plain Java memory, one byte per pixel: no engine is needed to make, keep or
 * test them. The arrays are not copied and not to be written to.
 *
 * @param pixels 0..255 as unsigned bytes; image by image, channel by channel, row by row (NCHW)
 * @param labels one per image, in [0, classes)
 * @param shape of every image
 */
public record ImageSet(byte[] pixels, int[] labels, ImageShape shape) {

  /** Checks that the arrays belong together and that each label names a class. */
  public ImageSet {
    if (labels.length == 0 || (long) labels.length * shape.pixels() != pixels.length) {
      throw new IllegalArgumentException(
          "%d labels of images of %d pixels each do not go with %d pixels"
              .formatted(labels.length, shape.pixels(), pixels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= shape.classes()) {
        throw new IllegalArgumentException(
            "image %d: label must be in [0, %d), found %d"
                .formatted(i, shape.classes(), labels[i]));
      }
    }
  }

  /** Returns the number of images. */
  public int size() {
    return labels.length;
  }

  /** Returns the first {@code limit} images, or all of them if there are no more. */
  public ImageSet first(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, found " + limit);
    }
    if (limit >= size()) {
      return this;
    }
    return new ImageSet(
        Arrays.copyOf(pixels, limit * shape.pixels()), Arrays.copyOf(labels, limit), shape);
  }

  /**
   * Returns normalized pixels of some consecutive images, ready for a network.
   *
   * @param from first image
   * @param to one past the last image
   * @return {@code (to - from) * shape.pixels()} values, NCHW
   */
  public float[] normalized(Normalization normalization, int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    if (normalization.means().size() != shape.channels()) {
      throw new IllegalArgumentException(
          "images have %d channels, the normalization has %d"
              .formatted(shape.channels(), normalization.means().size()));
    }
    float[][] tables = new float[shape.channels()][];
    for (int c = 0; c < tables.length; c++) {
      tables[c] = normalization.table(c);
    }
    int plane = shape.height() * shape.width();
    float[] values = new float[Math.multiplyExact(to - from, shape.pixels())];
    int offset = from * shape.pixels();
    for (int start = 0; start < values.length; start += plane) {
      float[] table = tables[start / plane % tables.length];
      for (int i = start; i < start + plane; i++) {
        values[i] = table[pixels[offset + i] & 0xff];
      }
    }
    return values;
  }
}
