package org.espalier.pruning.report;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import org.espalier.sparse.mask.Mask;

/**
 * The matrix view of a mask as a picture: one pixel per weight, kept = dark. A mask that is too
 * large for that is averaged over square boxes, the fullest box darkest.
 *
 * @param png the picture
 * @param box weights along the side of a pixel; 1 is the mask itself
 */
record MaskImage(Png png, int box) {

  /** Pixels along a side that a page can still show. */
  static final int LARGEST_SIDE = 1024;

  private static final byte PAPER = (byte) 0xff;
  private static final int DARK = 0x1c;

  static MaskImage of(MaskPicture picture) {
    int longest = Math.max(picture.rows(), picture.columns());
    int box = (int) (((long) longest + LARGEST_SIDE - 1) / LARGEST_SIDE);
    return new MaskImage(box == 1 ? exact(picture) : averaged(picture, box), box);
  }

  private static Png exact(MaskPicture picture) {
    byte[] colors = {PAPER, (byte) DARK};
    BufferedImage image =
        new BufferedImage(
            picture.columns(),
            picture.rows(),
            BufferedImage.TYPE_BYTE_BINARY,
            new IndexColorModel(1, 2, colors, colors, colors));
    WritableRaster raster = image.getRaster();
    Mask mask = picture.mask();
    for (int i = 0; i < mask.elements(); i++) {
      if (mask.isKept(i)) {
        raster.setSample(i % picture.columns(), i / picture.columns(), 0, 1);
      }
    }
    return Png.of(image);
  }

  private static Png averaged(MaskPicture picture, int box) {
    int width = (picture.columns() + box - 1) / box;
    int height = (picture.rows() + box - 1) / box;
    double[] density = densities(picture, box, width, height);
    double fullest = 0;
    for (double value : density) {
      fullest = Math.max(fullest, value);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    WritableRaster raster = image.getRaster();
    for (int i = 0; i < density.length; i++) {
      double share = fullest == 0 ? 0 : density[i] / fullest;
      raster.setSample(i % width, i / width, 0, (int) Math.round(255 - share * (255 - DARK)));
    }
    return Png.of(image);
  }

  /** Kept / all weights of each box; boxes at the right and lower edge may be smaller. */
  private static double[] densities(MaskPicture picture, int box, int width, int height) {
    double[] density = new double[width * height];
    Mask mask = picture.mask();
    for (int i = 0; i < mask.elements(); i++) {
      if (mask.isKept(i)) {
        density[i / picture.columns() / box * width + i % picture.columns() / box]++;
      }
    }
    for (int i = 0; i < density.length; i++) {
      int boxRows = Math.min(box, picture.rows() - i / width * box);
      int boxColumns = Math.min(box, picture.columns() - i % width * box);
      density[i] /= boxRows * boxColumns;
    }
    return density;
  }
}
