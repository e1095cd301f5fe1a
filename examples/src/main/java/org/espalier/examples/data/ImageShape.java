package org.espalier.examples.data;

/**
 * What a network must know of the images it classifies.
 *
 * @param channels 1 for gray, 3 for color
 * @param height in pixels
 * @param width in pixels
 * @param classes number of different labels, at least 2
 */
public record ImageShape(int channels, int height, int width, int classes) {

  /** Checks that every extent is at least 1 and that there is something to tell apart. */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1 || classes < 2) {
      throw new IllegalArgumentException(
          "channels, height and width must be at least 1 and classes at least 2, found %d, %d, %d, %d"
              .formatted(channels, height, width, classes));
    }
    Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  /** Returns the number of pixels of one image, all channels together. */
  public int pixels() {
    return channels * height * width;
  }
}
