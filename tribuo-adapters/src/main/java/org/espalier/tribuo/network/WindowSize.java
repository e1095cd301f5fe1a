package org.espalier.tribuo.network;

import java.io.Serializable;
import org.espalier.sparse.kernel.Window;

/**
 * One axis of a window that slides over an image, as a model stores it.
 *
 * @param kernel taps along the axis, at least 1
 * @param stride its step, at least 1
 * @param padding zeros before the image and after it, at least 0
 * @param dilation distance of neighboring taps, at least 1
 */
public record WindowSize(int kernel, int stride, int padding, int dilation)
    implements Serializable {

  /** Checks the ranges. */
  public WindowSize {
    new Window(kernel, stride, padding, dilation);
  }

  /** Returns it as the kernels know it. */
  Window window() {
    return new Window(kernel, stride, padding, dilation);
  }
}
