package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.espalier.tribuo.onnx.OnnxRuntime;
import org.junit.jupiter.api.Test;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Every layer, layout and scaling as an ONNX graph against its own computation in Java. */
class LayerGraphsTest {

  private final Random random = new Random(11);

  private float[] random(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private float[] sparse(int size) {
    float[] values = random(size);
    for (int i = 0; i < size; i++) {
      values[i] = i % 3 == 0 ? values[i] : 0;
    }
    return values;
  }

  /** Compares a network with its graph on a batch of 1 and on one of 5. */
  private ModelProto assertAgrees(InputEncoder encoder, NetworkLayer... layers) {
    LayeredNetwork network = new LayeredNetwork(encoder.layout().shape(), List.of(layers));
    int features = encoder.layout().positions().length;
    ModelProto graph =
        OnnxRuntime.model(
            features, network.outputs(), in -> network.writeGraph(encoder.writeGraph(in)));
    for (int batch : new int[] {1, 5}) {
      float[][] rows = new float[batch][];
      EncodedExample[] examples = new EncodedExample[batch];
      for (int b = 0; b < batch; b++) {
        rows[b] = random(features);
        examples[b] = new EncodedExample(encoder.layout().positions(), rows[b], 1);
      }
      float[] own = network.run(encoder.featureMajor(examples), batch);
      float[][] answers = OnnxRuntime.run(graph, rows);
      for (int b = 0; b < batch; b++) {
        float[] expected = new float[network.outputs()];
        for (int o = 0; o < expected.length; o++) {
          expected[o] = own[o * batch + b];
        }
        assertClose(expected, answers[b]);
      }
    }
    return graph;
  }

  /** Sums of both signs: the error is relative to the largest value. */
  private static void assertClose(float[] expected, float[] found) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, found, 1e-5f * largest);
  }

  private static InputEncoder plain(int... shape) {
    int size = Shapes.size(shape);
    int[] positions = IntStream.range(0, size).toArray();
    return new InputEncoder(new InputLayout(shape, positions), InputScaling.identity(size));
  }

  private static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  private DenseLayer dense(int outputs, int inputs) {
    return new DenseLayer("weight", outputs, inputs, sparse(outputs * inputs), random(outputs));
  }

  private ConvolutionLayer convolution(
      int filters, int channels, WindowSize vertical, WindowSize horizontal, float[] bias) {
    int size = filters * channels * vertical.kernel() * horizontal.kernel();
    return new ConvolutionLayer(
        "01Conv2d_weight", filters, channels, vertical, horizontal, sparse(size), bias);
  }

  @Test
  void denseWithAndWithoutBias() {
    var graph =
        assertAgrees(plain(7), dense(9, 7), new DenseLayer("2_weight", 3, 9, random(27), null));
    assertEquals(List.of("Gemm", "Gemm", "Identity"), operators(graph));
    assertEquals(
        List.of("weight_0", "bias_0", "2_weight_0"),
        graph.getGraph().getInitializerList().stream().map(t -> t.getName()).toList());
  }

  @Test
  void everyActivation() {
    for (ActivationFunction function : ActivationFunction.values()) {
      assertAgrees(plain(6), dense(8, 6), new ActivationLayer(function), dense(2, 8));
      // As the last layer, and large values too.
      assertAgrees(
          plain(6),
          new ScaleLayer(new float[] {9, 9, 9, 9, 9, 9}, random(6)),
          new ActivationLayer(function));
    }
  }

  @Test
  void convolutionsOfEveryWindow() {
    WindowSize[] windows = {
      new WindowSize(3, 1, 1, 1),
      new WindowSize(3, 2, 0, 1),
      new WindowSize(2, 3, 2, 1),
      new WindowSize(3, 1, 2, 2),
      new WindowSize(1, 1, 0, 1)
    };
    for (WindowSize vertical : windows) {
      for (WindowSize horizontal : windows) {
        var layer = convolution(4, 2, vertical, horizontal, random(4));
        assertAgrees(plain(2, 9, 8), layer, new FlattenLayer());
        assertAgrees(
            plain(2, 9, 8),
            convolution(3, 2, vertical, horizontal, null),
            new ActivationLayer(ActivationFunction.RELU),
            new FlattenLayer());
      }
    }
  }

  @Test
  void batchNormalizationOfFeaturesAndOfChannels() {
    assertAgrees(plain(5), dense(6, 5), new ScaleLayer(random(6), random(6)), dense(2, 6));
    var graph =
        assertAgrees(
            plain(2, 6, 5),
            convolution(4, 2, new WindowSize(3, 1, 1, 1), new WindowSize(3, 1, 1, 1), null),
            new ScaleLayer(random(4), random(4)),
            new ActivationLayer(ActivationFunction.RELU),
            new FlattenLayer());
    assertEquals(
        List.of("Reshape", "Conv", "BatchNormalization", "Relu", "Flatten", "Identity"),
        operators(graph));
  }

  @Test
  void poolingLeavesARestOut() {
    for (PoolingLayer.Kind kind : PoolingLayer.Kind.values()) {
      for (int size = 1; size <= 5; size++) {
        assertAgrees(plain(2, 8, 5), new PoolingLayer(kind, size), new FlattenLayer());
      }
    }
  }

  @Test
  void scalingOfTheInput() {
    InputLayout layout = plain(4).layout();
    InputScaling scaling = new InputScaling(random(4), random(4));
    var graph = assertAgrees(new InputEncoder(layout, scaling), dense(3, 4));
    assertEquals(List.of("Add", "Mul", "Gemm", "Identity"), operators(graph));
    var factors = new InputScaling(new float[4], random(4));
    assertEquals(
        List.of("Mul", "Gemm", "Identity"),
        operators(assertAgrees(new InputEncoder(layout, factors), dense(3, 4))));
  }

  @Test
  void featuresFindTheirPlaces() {
    int[] shape = {2, 2, 2};
    InputScaling scaling = new InputScaling(random(8), random(8));
    // Eight features in another order; three features, the other places are 0 before scaling.
    var all = new InputLayout(shape, new int[] {3, 1, 7, 0, 2, 6, 5, 4});
    var graph = assertAgrees(new InputEncoder(all, scaling), new FlattenLayer());
    assertEquals(
        List.of("Gather", "Add", "Mul", "Reshape", "Flatten", "Identity"), operators(graph));
    var some = new InputLayout(shape, new int[] {6, 0, 3});
    graph = assertAgrees(new InputEncoder(some, scaling), new FlattenLayer());
    assertEquals(
        List.of("Pad", "Gather", "Add", "Mul", "Reshape", "Flatten", "Identity"), operators(graph));
    // Features 0 and 1 at the first places of three are not all that there is.
    var first = new InputLayout(new int[] {3}, new int[] {0, 1});
    assertAgrees(new InputEncoder(first, InputScaling.identity(3)), dense(2, 3));
  }

  @Test
  void numbersInTheUnitsOfTheDataAndInTheOrderOfIds() {
    // The network's values go by names, a b c; Tribuo's ids are c a b.
    var info =
        new RegressionFactory()
            .constructInfoForExternalModel(
                Map.of(
                    new Regressor("c", 0), 0, new Regressor("a", 0), 1, new Regressor("b", 0), 2));
    var scaling = new OutputScaling(new double[] {10, 0, -1}, new double[] {1, 2, 0.5});
    var graph =
        OnnxRuntime.model(
            3, 3, in -> new RegressorAdapter().writeGraph(scaling.writeGraph(in), info));
    // a = 1 + 10, b = 2 * 2, c = 4 / 2 - 1.
    assertArrayEquals(new float[] {1, 11, 4}, OnnxRuntime.run(graph, new float[] {1, 2, 4})[0]);
    assertEquals(Arrays.asList("a", "b", "c"), new RegressorAdapter().names(info));
  }
}
