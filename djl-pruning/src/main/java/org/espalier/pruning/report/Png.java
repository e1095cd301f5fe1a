package org.espalier.pruning.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture that can stand inside a page.
 *
 * @param width pixels
 * @param height pixels
 * @param bytes the PNG file
 */
record Png(int width, int height, byte[] bytes) {

  static Png of(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Named outright: ImageIO would otherwise spool through a file in the temporary folder.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return new Png(image.getWidth(), image.getHeight(), bytes.toByteArray());
  }

  /** Returns the picture as the address of itself. */
  String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
