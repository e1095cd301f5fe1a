package org.espalier.sparse.kernel;

/**
 * Lays out the patches of images as columns, so that a convolution becomes weight times patches
 * (Chellapilla, Puri, Simard, High Performance Convolutional Neural Networks for Document
 * Processing, IWFHR 2006). Row (c * kernelHeight + i) * kernelWidth + j of the result matches that
 * column of a weight (out, in, kernelHeight, kernelWidth) in matrix view.
 *
 * @param channels input channels, at least 1
 * @param height of the image, at least 1
 * @param width of the image, at least 1
 * @param vertical the window along the height
 * @param horizontal the window along the width
 */
public record Im2col(int channels, int height, int width, Window vertical, Window horizontal) {

  /**
   * One axis of a sliding window.
   *
   * @param kernel its extent, at least 1
   * @param stride its step, at least 1
   * @param padding zeros before and after the image, at least 0
   */
  public record Window(int kernel, int stride, int padding) {

    /** Checks the ranges. */
    public Window {
      if (kernel < 1 || stride < 1 || padding < 0) {
        throw new IllegalArgumentException(
            "no window: kernel %d, stride %d, padding %d".formatted(kernel, stride, padding));
      }
    }

    /** Returns how many positions the window has on an image of this extent. */
    int positions(int extent) {
      return Math.toIntExact((extent + 2L * padding - kernel) / stride + 1);
    }
  }

  /** Checks the ranges, and that the window fits the padded image. */
  public Im2col {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "no image: %d x %d x %d".formatted(channels, height, width));
    }
    if (height + 2L * vertical.padding() < vertical.kernel()
        || width + 2L * horizontal.padding() < horizontal.kernel()) {
      throw new IllegalArgumentException(
          "the window is larger than the padded image, %d x %d".formatted(height, width));
    }
  }

  /** Returns the height of the convolution's output. */
  public int outputHeight() {
    return vertical.positions(height);
  }

  /** Returns the width of the convolution's output. */
  public int outputWidth() {
    return horizontal.positions(width);
  }

  /** Returns K, the length of one patch: channels x kernel height x kernel width. */
  public int rows() {
    return Math.multiplyExact(channels, Math.multiplyExact(vertical.kernel(), horizontal.kernel()));
  }

  /** Returns N, the number of patches of a batch. */
  public int columns(int batch) {
    return Math.multiplyExact(batch, Math.multiplyExact(outputHeight(), outputWidth()));
  }

  /**
   * Writes the matrix K x N; column (b * outputHeight + y) * outputWidth + x is the patch of output
   * (y, x) of image b.
   *
   * @param images batch x channels x height x width
   * @param batch how many images, at least 1
   * @param patches {@link #rows()} x {@link #columns(int)}, overwritten
   * @throws IllegalArgumentException if a length does not fit
   * @throws ArithmeticException if no array could hold the patches
   */
  public void apply(float[] images, int batch, float[] patches) {
    long pixels = Math.multiplyExact(Math.multiplyExact((long) channels, height), width);
    requireLength("images", images.length, Math.multiplyExact(batch, pixels));
    requireLength("patches", patches.length, (long) rows() * columns(batch));
    int at = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < vertical.kernel(); i++) {
        for (int j = 0; j < horizontal.kernel(); j++) {
          for (int image = 0; image < batch; image++) {
            int plane = (image * channels + channel) * height * width;
            at = shifted(images, plane, i, j, patches, at);
          }
        }
      }
    }
  }

  /** Writes what the window's entry (i, j) sees of one plane; returns where the next one goes. */
  private int shifted(float[] images, int plane, int i, int j, float[] patches, int at) {
    int columns = outputWidth();
    for (int out = 0; out < outputHeight(); out++) {
      int row = out * vertical.stride() + i - vertical.padding();
      for (int x = 0; x < columns; x++) {
        int column = x * horizontal.stride() + j - horizontal.padding();
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        patches[at + x] = inside ? images[plane + row * width + column] : 0f;
      }
      at += columns;
    }
    return at;
  }

  private static void requireLength(String name, int found, long expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "%s must have %d values, found %d".formatted(name, expected, found));
    }
  }
}
