package org.espalier.pruning.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.mask.Mask;

/**
 * How many weights of each input pixel survive, laid out as the input image: a heat map per color
 * channel. Colors are those of viridis (Smith and van der Walt, 2015), joined linearly.
 *
 * @param channels one picture per channel
 * @param most survivors of the pixel with most of them, the bright end of the scale
 */
record InputImage(List<Png> channels, int most) {

  /** Viridis at equal distances, from none to most. */
  static final List<Integer> SCALE =
      List.of(
          0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b,
          0xfde725);

  /** Images have up to this many channels; a count that fits no such image is no image. */
  private static final int MOST_CHANNELS = 4;

  /** Returns the heat maps, or null where the columns are not the pixels of square images. */
  static InputImage of(MaskPicture picture) {
    int channels = picture.seesPixels() ? channels(picture.columns()) : 0;
    if (channels == 0) {
      return null;
    }
    int[] survivors = survivors(picture);
    int most = 0;
    for (int count : survivors) {
      most = Math.max(most, count);
    }
    int side = side(picture.columns() / channels);
    List<Png> pictures = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < side * side; p++) {
        double share = most == 0 ? 0 : (double) survivors[c * side * side + p] / most;
        image.setRGB(p % side, p / side, color(share));
      }
      pictures.add(Png.of(image));
    }
    return new InputImage(List.copyOf(pictures), most);
  }

  /** Returns the least number of channels with which this many pixels are square, or 0. */
  private static int channels(int columns) {
    for (int channels = 1; channels <= MOST_CHANNELS; channels++) {
      int side = side(columns / channels);
      if ((long) side * side * channels == columns) {
        return channels;
      }
    }
    return 0;
  }

  private static int side(int pixels) {
    return (int) Math.sqrt(pixels);
  }

  private static int[] survivors(MaskPicture picture) {
    int[] survivors = new int[picture.columns()];
    Mask mask = picture.mask();
    for (int i = 0; i < mask.elements(); i++) {
      survivors[i % survivors.length] += mask.isKept(i) ? 1 : 0;
    }
    return survivors;
  }

  private static int color(double share) {
    double position = share * (SCALE.size() - 1);
    int below = Math.min((int) position, SCALE.size() - 2);
    double weight = position - below;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = SCALE.get(below) >> shift & 0xff;
      int to = SCALE.get(below + 1) >> shift & 0xff;
      rgb |= (int) Math.round(from + weight * (to - from)) << shift;
    }
    return rgb;
  }
}
