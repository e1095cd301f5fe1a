package org.espalier.hw.sim;

import org.espalier.sparse.kernel.Window;

/**
 * A convolution with strides s and t as s t convolutions without: a tap meets only pixels whose row
 * is alike modulo s, and whose column is alike modulo t.
 */
final class StridePhases {

  private final Window vertical;
  private final Window horizontal;

  StridePhases(Window vertical, Window horizontal) {
    this.vertical = vertical;
    this.horizontal = horizontal;
  }

  /** Returns how many there are. */
  int count() {
    return vertical.stride() * horizontal.stride();
  }

  /** Returns the phase of a pixel. */
  int ofPixel(int row, int column) {
    return row % vertical.stride() * horizontal.stride() + column % horizontal.stride();
  }

  /** Returns the phase of a tap, row-major in the window: that of the pixels it meets. */
  int ofTap(int tap) {
    int row = first(vertical, tap / horizontal.kernel());
    int column = first(horizontal, tap % horizontal.kernel());
    return row * horizontal.stride() + column;
  }

  private static int first(Window window, int tap) {
    return (int)
        Math.floorMod((long) tap * window.dilation() - window.padding(), (long) window.stride());
  }

  /** Returns the taps of a phase. */
  int taps(int phase) {
    int taps = 0;
    for (int tap = 0; tap < vertical.kernel() * horizontal.kernel(); tap++) {
      taps += ofTap(tap) == phase ? 1 : 0;
    }
    return taps;
  }
}
