package org.espalier.tribuo.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A network of layers that this package knows: it computes in plain Java, the same bits in every
 * process.
 */
final class LayeredNetwork implements TrainedNetwork {

  private static final long serialVersionUID = 1L;

  /** Values of the widest layer of a batch: 16 MiB of float32. */
  private static final int BATCH_VALUES = 1 << 22;

  private static final int LARGEST_BATCH = 256;

  private final int[] inputShape;
  private final NetworkLayer[] layers;
  private final int outputs;
  private final int largestBatch;

  /** Made when first needed; equal whichever thread makes them. */
  private transient volatile LayerStep[] steps;

  /**
   * @throws org.espalier.sparse.InvalidInputException if the layers do not fit each other
   */
  LayeredNetwork(int[] inputShape, List<NetworkLayer> layers) {
    this.inputShape = inputShape.clone();
    this.layers = layers.toArray(NetworkLayer[]::new);
    int[] shape = inputShape;
    long widest = Shapes.size(shape);
    for (NetworkLayer layer : layers) {
      shape = layer.outputShape(shape);
      long taps = layer instanceof ConvolutionLayer c ? c.weights().length / c.filters() : 1;
      long positions = layer instanceof ConvolutionLayer ? (long) shape[1] * shape[2] : 1;
      widest = Math.max(widest, Math.max(Shapes.size(shape), taps * positions));
    }
    Shapes.require(shape.length == 1, "network", "features, behind its last layer", shape);
    this.outputs = shape[0];
    this.largestBatch = (int) Math.max(1, Math.min(LARGEST_BATCH, BATCH_VALUES / widest));
  }

  /** Returns the layers from input to output. */
  List<NetworkLayer> layers() {
    return List.of(layers);
  }

  @Override
  public int[] inputShape() {
    return inputShape.clone();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public int largestBatch() {
    return largestBatch;
  }

  @Override
  public float[] run(float[] input, int batch) {
    float[] values = input;
    for (LayerStep step : steps()) {
      values = step.run(values, batch);
    }
    return values;
  }

  private LayerStep[] steps() {
    LayerStep[] ready = steps;
    if (ready == null) {
      ready = new LayerStep[layers.length];
      int[] shape = inputShape;
      for (int i = 0; i < layers.length; i++) {
        ready[i] = layers[i].prepare(shape);
        shape = layers[i].outputShape(shape);
      }
      steps = ready;
    }
    return ready;
  }

  /**
   * Returns the strength of the paths from each input to one output: the sum over all paths of the
   * product of their |weights|.
   */
  double[] strengths(int output) {
    List<int[]> shapes = new ArrayList<>(List.of(inputShape));
    for (NetworkLayer layer : layers) {
      shapes.add(layer.outputShape(shapes.get(shapes.size() - 1)));
    }
    double[] strengths = new double[outputs];
    strengths[output] = 1;
    for (int i = layers.length - 1; i >= 0; i--) {
      strengths = layers[i].strengths(strengths, shapes.get(i));
    }
    return strengths;
  }

  @Override
  public ONNXRef<?> writeGraph(ONNXRef<?> input) {
    ONNXRef<?> values = input;
    for (NetworkLayer layer : layers) {
      values = layer.writeGraph(values);
    }
    return values;
  }

  @Override
  public List<WeightCount> weights() {
    return Arrays.stream(layers)
        .filter(WeightedLayer.class::isInstance)
        .map(layer -> ((WeightedLayer) layer).count())
        .toList();
  }

  /** Returns this: nothing of it changes. */
  @Override
  public LayeredNetwork copy() {
    return this;
  }

  /** Does nothing: all is Java memory. */
  @Override
  public void close() {
    // Nothing is open.
  }
}
