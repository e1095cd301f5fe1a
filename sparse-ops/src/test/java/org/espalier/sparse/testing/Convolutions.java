package org.espalier.sparse.testing;

import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.Window;

/**
 * The convolution that tests judge others by: straight from its definition, in double precision.
 */
public final class Convolutions {

  private Convolutions() {}

  /**
   * Returns how far {@code output} is from the convolution: the largest error of a pixel in units
   * of (terms + 3) * 2^-24 * (sum of the magnitudes of its terms), so that up to 1 is what rounding
   * explains. NaN and infinities in {@code output} give infinity.
   *
   * @param weights outChannels x inChannels / groups x kernel height x kernel width
   */
  public static double error(
      ConvolutionShape shape,
      float[] weights,
      float[] input,
      int batch,
      float[] output,
      Epilogue epilogue) {
    double worst = 0;
    int pixels = shape.outHeight() * shape.outWidth();
    for (int i = 0; i < batch * shape.outputLength(); i++) {
      int image = i / shape.outputLength();
      int channel = i / pixels % shape.outChannels();
      double[] sum = {epilogue.biasOf(channel), Math.abs(epilogue.biasOf(channel)), 3};
      if (epilogue.residual() != null) {
        add(sum, epilogue.residual()[i]);
      }
      int y = i % pixels / shape.outWidth();
      int x = i % shape.outWidth();
      sum(shape, weights, input, new int[] {image, channel, y, x}, sum);
      double expected = epilogue.relu() ? Math.max(sum[0], 0) : sum[0];
      double allowed = sum[2] * 0x1p-24 * sum[1] + Float.MIN_VALUE;
      double error = Math.abs(output[i] - expected) / allowed;
      worst = Double.isFinite(error) ? Math.max(worst, error) : Double.POSITIVE_INFINITY;
    }
    return worst;
  }

  private static void sum(
      ConvolutionShape shape, float[] weights, float[] input, int[] at, double[] sum) {
    Window v = shape.vertical();
    Window h = shape.horizontal();
    int each = shape.inChannels() / shape.groups();
    int group = at[1] / (shape.outChannels() / shape.groups());
    for (int c = 0; c < each; c++) {
      int plane = (at[0] * shape.inChannels() + group * each + c) * shape.inHeight();
      for (int i = 0; i < v.kernel(); i++) {
        int row = at[2] * v.stride() + i * v.dilation() - v.padding();
        for (int j = 0; j < h.kernel(); j++) {
          int column = at[3] * h.stride() + j * h.dilation() - h.padding();
          float weight = weights[((at[1] * each + c) * v.kernel() + i) * h.kernel() + j];
          boolean inside =
              row >= 0 && row < shape.inHeight() && column >= 0 && column < shape.inWidth();
          if (weight != 0 && inside) {
            add(sum, (double) weight * input[(plane + row) * shape.inWidth() + column]);
          }
        }
      }
    }
  }

  private static void add(double[] sum, double term) {
    sum[0] += term;
    sum[1] += Math.abs(term);
    sum[2]++;
  }
}
