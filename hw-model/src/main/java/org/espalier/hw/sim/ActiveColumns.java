package org.espalier.hw.sim;

import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.mask.Mask;

/**
 * Which inputs of a layer are not zero, sample by sample, as columns of the weight. The samples of
 * a convolution are its output positions; taps outside of the image are zero.
 */
public final class ActiveColumns {

  private final Layer layer;
  private final long[] words;
  private final int columns;
  private final int samples;

  /**
   * @param layer its activations are drawn where only a model is known
   * @param seed the same seed gives the same zeros
   */
  public ActiveColumns(Layer layer, long seed) {
    this.layer = layer;
    Mask mask = layer.activations().draw(seed);
    this.words = mask.toWords();
    this.columns = layer.shape().gemm().k();
    this.samples = layer.shape().gemm().n();
  }

  /** Returns how many samples there are, each with its own zeros. */
  public int samples() {
    return samples;
  }

  /**
   * Writes the columns whose input is not zero, ascending.
   *
   * @param product group of the layer, from 0
   * @param sample from 0
   * @param into as long as there are columns
   * @return how many were written
   */
  public int of(int product, int sample, int[] into) {
    if (layer.shape() instanceof Convolution convolution) {
      return window(convolution.shape(), product, sample, into);
    }
    int count = 0;
    for (int column = 0; column < columns; column++) {
      if (isSet((long) column * samples + sample)) {
        into[count++] = column;
      }
    }
    return count;
  }

  private int window(ConvolutionShape shape, int group, int sample, int[] into) {
    int positions = shape.outHeight() * shape.outWidth();
    int image = sample / positions;
    int top = sample % positions / shape.outWidth() * shape.vertical().stride();
    int left = sample % shape.outWidth() * shape.horizontal().stride();
    int channels = shape.inChannels() / shape.groups();
    long row = (long) layer.shape().activationColumns();
    long first = (long) image * shape.inHeight() * shape.inWidth();
    int count = 0;
    for (int column = 0; column < columns; column++) {
      int tap = column % shape.taps();
      int y =
          top
              - shape.vertical().padding()
              + tap / shape.horizontal().kernel() * shape.vertical().dilation();
      int x =
          left
              - shape.horizontal().padding()
              + tap % shape.horizontal().kernel() * shape.horizontal().dilation();
      boolean inside = y >= 0 && y < shape.inHeight() && x >= 0 && x < shape.inWidth();
      int channel = group * channels + column / shape.taps();
      if (inside && isSet(channel * row + first + (long) y * shape.inWidth() + x)) {
        into[count++] = column;
      }
    }
    return count;
  }

  private boolean isSet(long i) {
    return (words[(int) (i >> 6)] >>> i & 1) != 0;
  }

  /** Returns which columns any sample of a product needs. */
  boolean[] wanted(int product) {
    boolean[] wanted = new boolean[columns];
    int[] active = new int[columns];
    for (int sample = 0; sample < samples; sample++) {
      for (int i = of(product, sample, active) - 1; i >= 0; i--) {
        wanted[active[i]] = true;
      }
    }
    return wanted;
  }
}
