package org.espalier.sparse.kernel;

import org.espalier.sparse.InvalidInputException;

/**
 * One axis of a convolution's sliding window.
 *
 * @param kernel taps along the axis, 1 to {@value #LARGEST_KERNEL}
 * @param stride its step, at least 1
 * @param padding zeros before the image and after it, at least 0
 * @param dilation distance of neighboring taps, at least 1
 */
public record Window(int kernel, int stride, int padding, int dilation) {

  /** More taps than this along one axis are surely a mistake. */
  public static final int LARGEST_KERNEL = 1 << 15;

  /** The window of one tap that sees every pixel once. */
  public static final Window POINT = new Window(1, 1, 0, 1);

  /** Checks the ranges. */
  public Window {
    if (kernel < 1 || kernel > LARGEST_KERNEL || stride < 1 || padding < 0 || dilation < 1) {
      throw new InvalidInputException(
          "convolution window",
          "kernel 1 to "
              + LARGEST_KERNEL
              + ", stride at least 1, padding at least 0, dilation at"
              + " least 1",
          "kernel %d, stride %d, padding %d, dilation %d"
              .formatted(kernel, stride, padding, dilation),
          "correct the window");
    }
  }

  /**
   * A window without gaps.
   *
   * @param kernel taps along the axis, 1 to {@value #LARGEST_KERNEL}
   * @param stride its step, at least 1
   * @param padding zeros before the image and after it, at least 0
   */
  public Window(int kernel, int stride, int padding) {
    this(kernel, stride, padding, 1);
  }

  /** Returns the pixels from the first tap to the last, both included. */
  public long extent() {
    return (kernel - 1L) * dilation + 1;
  }

  /**
   * Returns how many positions the window has along an image, 0 if the padded image is smaller than
   * the window: (size + 2 * padding - extent) / stride + 1, as PyTorch rounds it.
   *
   * @param size pixels of the image along this axis, at least 0
   */
  public long positions(int size) {
    long room = size + 2L * padding - extent();
    return room < 0 ? 0 : room / stride + 1;
  }
}
