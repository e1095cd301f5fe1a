package org.espalier.experiments.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture of chosen pixels, 12 by 12 points for each. */
class PixelMapTest {

  @Test
  void chosenPixelsAreRedAndOthersGray() {
    double[] mean = new double[28 * 28];
    mean[1] = 100;
    // Pixel 29 is in row 1, column 1.
    BufferedImage image = PixelMap.draw(mean, List.of(29, 783));
    assertEquals(336, image.getWidth());
    assertEquals(336, image.getHeight());
    assertEquals(0xffffff, image.getRGB(0, 0) & 0xffffff);
    // 255 - 100 / 2 = 205.
    assertEquals(0xcdcdcd, image.getRGB(12, 0) & 0xffffff);
    // The best is 180, 0, 0.
    assertEquals(0xb40000, image.getRGB(12, 12) & 0xffffff);
    assertEquals(0xb40000, image.getRGB(23, 23) & 0xffffff);
    assertEquals(0xffffff, image.getRGB(24, 23) & 0xffffff);
    // The second of two: light = 80, red 180 + 26.
    assertEquals(0xce5050, image.getRGB(335, 335) & 0xffffff);
  }
}
