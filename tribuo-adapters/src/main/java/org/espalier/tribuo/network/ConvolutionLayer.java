package org.espalier.tribuo.network;

import java.util.List;
import java.util.Map;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.PackedMatrix;
import org.espalier.sparse.kernel.Window;
import org.espalier.tribuo.onnx.NetworkOperators;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A 2-D convolution (cross-correlation) without groups. The patches that the window sees are laid
 * out as the columns of a matrix (Chellapilla, Puri, Simard, High Performance Convolutional Neural
 * Networks for Document Processing, IWFHR 2006), which keeps the order of sums fixed.
 *
 * @param name path of the weight in the network, as recipes call it
 * @param filters output channels
 * @param channels input channels
 * @param vertical the window along the height
 * @param horizontal the window along the width
 * @param weights filters x channels x kernel height x kernel width, row-major; live, not to be
 *     written
 * @param bias one value per filter, or null for none; live, not to be written
 */
public record ConvolutionLayer(
    String name,
    int filters,
    int channels,
    WindowSize vertical,
    WindowSize horizontal,
    float[] weights,
    float[] bias)
    implements NetworkLayer, WeightedLayer {

  /** Checks the lengths. */
  public ConvolutionLayer {
    Shapes.require(
        filters > 0
            && channels > 0
            && weights.length == (long) filters * channels * vertical.kernel() * horizontal.kernel()
            && (bias == null || bias.length == filters),
        name,
        "%d filters of %d x %d x %d weights"
            .formatted(filters, channels, vertical.kernel(), horizontal.kernel()),
        new int[] {weights.length, bias == null ? 0 : bias.length});
  }

  private ConvolutionShape shape(int[] input) {
    Shapes.require(
        input.length == 3 && input[0] == channels, name, channels + " channels of images", input);
    return new ConvolutionShape(
        channels, input[1], input[2], filters, vertical.window(), horizontal.window(), 1);
  }

  @Override
  public int[] outputShape(int[] input) {
    ConvolutionShape shape = shape(input);
    return new int[] {filters, shape.outHeight(), shape.outWidth()};
  }

  @Override
  public LayerStep prepare(int[] input) {
    ConvolutionShape shape = shape(input);
    PackedMatrix matrix = Products.pack(weights, filters, shape.weightColumns());
    Epilogue epilogue = new Epilogue(bias, false);
    int positions = shape.outHeight() * shape.outWidth();
    return (x, batch) -> {
      float[] patches = new float[Math.multiplyExact(shape.weightColumns() * positions, batch)];
      forEachTap(
          shape,
          (patch, position, pixel) ->
              System.arraycopy(
                  x, pixel * batch, patches, (patch * positions + position) * batch, batch));
      float[] y = new float[filters * positions * batch];
      matrix.multiply(patches, positions * batch, y, epilogue);
      return y;
    };
  }

  @Override
  public double[] strengths(double[] outputs, int[] input) {
    ConvolutionShape shape = shape(input);
    int positions = shape.outHeight() * shape.outWidth();
    int columns = shape.weightColumns();
    double[] result = new double[Shapes.size(input)];
    forEachTap(
        shape,
        (patch, position, pixel) -> {
          for (int f = 0; f < filters; f++) {
            result[pixel] +=
                Math.abs(weights[f * columns + patch]) * outputs[f * positions + position];
          }
        });
    return result;
  }

  @Override
  public ONNXNode writeGraph(ONNXRef<?> input) {
    Map<String, Object> attributes =
        Map.of(
            "kernel_shape", new int[] {vertical.kernel(), horizontal.kernel()},
            "strides", new int[] {vertical.stride(), horizontal.stride()},
            "dilations", new int[] {vertical.dilation(), horizontal.dilation()},
            "pads",
                new int[] {
                  vertical.padding(), horizontal.padding(), vertical.padding(), horizontal.padding()
                });
    List<Integer> shape = List.of(filters, channels, vertical.kernel(), horizontal.kernel());
    return GraphSteps.weighted(NetworkOperators.CONV, input, this, shape, attributes);
  }

  /** A weight of a filter meets a pixel of the image at a position of the output. */
  private interface Tap {
    void meets(int patch, int position, int pixel);
  }

  /** Calls for every tap that falls into the image; the others see zeros. */
  private static void forEachTap(ConvolutionShape shape, Tap tap) {
    Window vertical = shape.vertical();
    Window horizontal = shape.horizontal();
    for (int patch = 0; patch < shape.weightColumns(); patch++) {
      int channel = patch / shape.taps();
      int down = patch % shape.taps() / horizontal.kernel() * vertical.dilation();
      int right = patch % horizontal.kernel() * horizontal.dilation();
      for (int row = 0; row < shape.outHeight(); row++) {
        int y = row * vertical.stride() + down - vertical.padding();
        for (int column = 0; column < shape.outWidth(); column++) {
          int x = column * horizontal.stride() + right - horizontal.padding();
          if (y >= 0 && y < shape.inHeight() && x >= 0 && x < shape.inWidth()) {
            int pixel = (channel * shape.inHeight() + y) * shape.inWidth() + x;
            tap.meets(patch, row * shape.outWidth() + column, pixel);
          }
        }
      }
    }
  }
}
