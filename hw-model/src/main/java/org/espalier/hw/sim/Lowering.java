package org.espalier.hw.sim;

import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.sparse.kernel.ConvolutionShape;

/**
 * The activations of a convolution as the matrix of its product (im2col): row (channel, tap),
 * column (sample, output position). Padding counts as not zero, so that a convolution without zeros
 * is a product without zeros.
 */
final class Lowering {

  /** What is done with a non-zero. */
  interface Visitor {
    /** Takes a place of the matrix. */
    void nonZero(int row, int column);
  }

  private final Convolution convolution;
  private final ConvolutionShape shape;

  Lowering(Convolution convolution) {
    this.convolution = convolution;
    this.shape = convolution.shape();
  }

  /**
   * Visits the non-zeros of the matrix.
   *
   * @param input channels x (samples x pixels)
   */
  void forEachNonZero(Actual input, Visitor visitor) {
    int taps = shape.taps();
    for (int row = 0; row < shape.inChannels() * taps; row++) {
      int tap = row % taps;
      row(input, row, tap / shape.horizontal().kernel(), visitor);
    }
  }

  private void row(Actual input, int row, int down, Visitor visitor) {
    int across = row % shape.taps() % shape.horizontal().kernel();
    int channel = row / shape.taps();
    int column = 0;
    for (int sample = 0; sample < convolution.batch(); sample++) {
      int first = sample * shape.inHeight() * shape.inWidth();
      for (int y = 0; y < shape.outHeight(); y++) {
        int inY =
            y * shape.vertical().stride()
                + down * shape.vertical().dilation()
                - shape.vertical().padding();
        for (int x = 0; x < shape.outWidth(); x++) {
          int inX =
              x * shape.horizontal().stride()
                  + across * shape.horizontal().dilation()
                  - shape.horizontal().padding();
          boolean outside = inY < 0 || inY >= shape.inHeight() || inX < 0 || inX >= shape.inWidth();
          if (outside || input.isNonZero(channel, first + inY * shape.inWidth() + inX)) {
            visitor.nonZero(row, column);
          }
          column++;
        }
      }
    }
  }
}
