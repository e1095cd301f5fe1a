package org.espalier.hw.workload;

import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;

/**
 * Which input pixels a tap of a convolution's window ever multiplies: with padding, the outer taps
 * miss the far border; with a stride, each tap sees only the pixels of its phase.
 *
 * <p>Tap r meets pixel h if h + padding - r dilation = y stride for an output y.
 */
final class InputReach {

  private final int height;
  private final int width;
  private final boolean[][] vertical;
  private final boolean[][] horizontal;

  InputReach(ConvolutionShape shape) {
    height = shape.inHeight();
    width = shape.inWidth();
    vertical = axis(shape.vertical(), height, shape.outHeight());
    horizontal = axis(shape.horizontal(), width, shape.outWidth());
  }

  private static boolean[][] axis(Window window, int size, int outputs) {
    boolean[][] meets = new boolean[window.kernel()][size];
    for (int tap = 0; tap < window.kernel(); tap++) {
      for (long y = 0; y < outputs; y++) {
        long pixel = y * window.stride() - window.padding() + (long) tap * window.dilation();
        if (pixel >= 0 && pixel < size) {
          meets[tap][(int) pixel] = true;
        }
      }
    }
    return meets;
  }

  int taps() {
    return vertical.length * horizontal.length;
  }

  int pixels() {
    return height * width;
  }

  /** Returns whether a tap, row-major in the window, meets a pixel, row-major in the image. */
  boolean meets(int tap, int pixel) {
    return vertical[tap / horizontal.length][pixel / width]
        && horizontal[tap % horizontal.length][pixel % width];
  }
}
