package org.espalier.experiments.features;

import java.awt.image.BufferedImage;
import java.util.List;

/** A picture of chosen pixels over the mean image: the earlier chosen, the darker the red. */
final class PixelMap {

  /** Width and height of the images, in pixels. */
  static final int SIDE = 28;

  private static final int ZOOM = 12;

  private PixelMap() {}

  /**
   * Draws.
   *
   * @param mean of each pixel, in [0, 255], row-major
   * @param chosen pixels, best first
   */
  static BufferedImage draw(double[] mean, List<Integer> chosen) {
    BufferedImage image = new BufferedImage(SIDE * ZOOM, SIDE * ZOOM, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      int gray = 255 - (int) Math.round(mean[pixel] / 2);
      int color = gray << 16 | gray << 8 | gray;
      int rank = chosen.indexOf(pixel);
      if (rank >= 0) {
        int light = 160 * rank / chosen.size();
        color = (180 + light / 3) << 16 | light << 8 | light;
      }
      for (int i = 0; i < ZOOM * ZOOM; i++) {
        image.setRGB(pixel % SIDE * ZOOM + i % ZOOM, pixel / SIDE * ZOOM + i / ZOOM, color);
      }
    }
    return image;
  }
}
