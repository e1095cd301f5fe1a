package org.espalier.tribuo.network;

import org.espalier.tribuo.bytes.ByteReader;
import org.espalier.tribuo.bytes.ByteWriter;

/** Layers as bytes: a number for the kind, then the layer's parts. */
final class LayerBytes {

  private static final int DENSE = 0;
  private static final int CONVOLUTION = 1;
  private static final int SCALE = 2;
  private static final int ACTIVATION = 3;
  private static final int POOLING = 4;
  private static final int FLATTEN = 5;

  private static final ActivationFunction[] FUNCTIONS = ActivationFunction.values();
  private static final PoolingLayer.Kind[] POOLINGS = PoolingLayer.Kind.values();
  private static final float[] NONE = {};

  private LayerBytes() {}

  static void write(NetworkLayer layer, ByteWriter out) {
    if (layer instanceof DenseLayer dense) {
      out.number(DENSE).text(dense.name()).number(dense.outputs()).number(dense.inputs());
      weights(dense.weights(), dense.bias(), out);
    } else if (layer instanceof ConvolutionLayer convolution) {
      out.number(CONVOLUTION).text(convolution.name());
      out.number(convolution.filters()).number(convolution.channels());
      window(convolution.vertical(), out);
      window(convolution.horizontal(), out);
      weights(convolution.weights(), convolution.bias(), out);
    } else if (layer instanceof ScaleLayer scale) {
      out.number(SCALE).floats(scale.factors()).floats(scale.shifts());
    } else if (layer instanceof ActivationLayer activation) {
      out.number(ACTIVATION).number(activation.function().ordinal());
    } else if (layer instanceof PoolingLayer pooling) {
      out.number(POOLING).number(pooling.kind().ordinal()).number(pooling.size());
    } else {
      out.number(FLATTEN);
    }
  }

  private static void weights(float[] weights, float[] bias, ByteWriter out) {
    out.floats(weights).floats(bias == null ? NONE : bias);
  }

  private static void window(WindowSize window, ByteWriter out) {
    out.number(window.kernel()).number(window.stride());
    out.number(window.padding()).number(window.dilation());
  }

  /**
   * @throws org.espalier.sparse.InvalidInputException if the bytes are no layer
   */
  static NetworkLayer read(ByteReader in) {
    return switch (in.number("a kind of layer", DENSE, FLATTEN)) {
      case DENSE -> new DenseLayer(in.text(), in.number(), in.number(), in.floats(), bias(in));
      case CONVOLUTION ->
          new ConvolutionLayer(
              in.text(), in.number(), in.number(), window(in), window(in), in.floats(), bias(in));
      case SCALE -> new ScaleLayer(in.floats(), in.floats());
      case ACTIVATION ->
          new ActivationLayer(FUNCTIONS[in.number("a function", 0, FUNCTIONS.length - 1)]);
      case POOLING ->
          new PoolingLayer(
              POOLINGS[in.number("a kind of pooling", 0, POOLINGS.length - 1)], in.number());
      default -> new FlattenLayer();
    };
  }

  private static float[] bias(ByteReader in) {
    float[] bias = in.floats();
    return bias.length == 0 ? null : bias;
  }

  private static WindowSize window(ByteReader in) {
    return new WindowSize(in.number(), in.number(), in.number(), in.number());
  }
}
