package org.espalier.sparse.kernel;

import org.espalier.sparse.InvalidInputException;

/**
 * The sizes of a 2-D convolution (cross-correlation, as neural networks have it) on images of
 * channels x height x width. The weight (outChannels, inChannels / groups, kernel height, kernel
 * width) is a matrix of {@link #weightRows} x {@link #weightColumns}, row-major.
 *
 * @param inChannels channels of the input, at least 1, a multiple of {@code groups}
 * @param inHeight pixels, at least 1
 * @param inWidth pixels, at least 1
 * @param outChannels channels of the output, at least 1, a multiple of {@code groups}
 * @param vertical the window along the height
 * @param horizontal the window along the width
 * @param groups into how many separate convolutions the channels fall, in order; {@code inChannels}
 *     for a depthwise convolution
 */
public record ConvolutionShape(
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    Window vertical,
    Window horizontal,
    int groups) {

  /** Checks that there is an output, and that neither images nor weights outgrow an array. */
  public ConvolutionShape {
    require(
        inChannels > 0 && inHeight > 0 && inWidth > 0 && outChannels > 0,
        "channels and image sizes of at least 1",
        "%d x %d x %d to %d channels".formatted(inChannels, inHeight, inWidth, outChannels));
    require(
        groups > 0 && inChannels % groups == 0 && outChannels % groups == 0,
        "a number of groups that divides both numbers of channels",
        "%d groups, %d and %d channels".formatted(groups, inChannels, outChannels));
    require(
        vertical.positions(inHeight) > 0 && horizontal.positions(inWidth) > 0,
        "a window that fits the padded image",
        "%s and %s on %d x %d".formatted(vertical, horizontal, inHeight, inWidth));
    requireArray("an input image", inChannels, inHeight, inWidth);
    requireArray(
        "an output image",
        outChannels,
        vertical.positions(inHeight),
        horizontal.positions(inWidth));
    requireArray("a padded row", 1, 1, inWidth + 2L * horizontal.padding() + horizontal.extent());
    requireArray("a padded column", 1, 1, inHeight + 2L * vertical.padding() + vertical.extent());
    requireArray(
        "the weight",
        outChannels,
        inChannels / groups,
        (long) vertical.kernel() * horizontal.kernel());
  }

  private static void requireArray(String what, long a, long b, long c) {
    // Each factor fits 31 bits or is refused before it is multiplied: no product wraps.
    boolean fits =
        b <= Integer.MAX_VALUE
            && c <= Integer.MAX_VALUE
            && a * b <= Integer.MAX_VALUE
            && a * b * c <= Integer.MAX_VALUE - 8;
    require(fits, what + " of at most 2^31 - 9 values", "%d x %d x %d values".formatted(a, b, c));
  }

  private static void require(boolean holds, String expected, String found) {
    if (!holds) {
      throw new InvalidInputException("convolution", expected, found, "correct the sizes");
    }
  }

  /** Returns the height of the output. */
  public int outHeight() {
    return (int) vertical.positions(inHeight);
  }

  /** Returns the width of the output. */
  public int outWidth() {
    return (int) horizontal.positions(inWidth);
  }

  /** Returns the values of one input image. */
  public int inputLength() {
    return inChannels * inHeight * inWidth;
  }

  /** Returns the values of one output image. */
  public int outputLength() {
    return outChannels * outHeight() * outWidth();
  }

  /** Returns the rows of the weight as a matrix: the output channels. */
  public int weightRows() {
    return outChannels;
  }

  /** Returns the columns of the weight as a matrix: input channels of a group times taps. */
  public int weightColumns() {
    return inChannels / groups * taps();
  }

  /** Returns the taps of the window. */
  public int taps() {
    return vertical.kernel() * horizontal.kernel();
  }

  /** Returns whether each output pixel sees the one input pixel at the same place. */
  public boolean pointwise() {
    return vertical.equals(Window.POINT) && horizontal.equals(Window.POINT);
  }

  /** Returns whether each output channel sees a single input channel. */
  public boolean depthwise() {
    return groups == inChannels;
  }

  /** Returns the same pixels as one row, which is the same to a pointwise convolution. */
  ConvolutionShape flattened() {
    return new ConvolutionShape(
        inChannels, 1, inHeight * inWidth, outChannels, vertical, horizontal, groups);
  }
}
