package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Each layer by hand. Inputs are feature-major: value f of example b at f * batch + b. */
class LayersTest {

  private static final WindowSize THREE = new WindowSize(3, 1, 1, 1);

  private static float[] run(NetworkLayer layer, int[] shape, int batch, float... input) {
    return layer.prepare(shape).run(input, batch);
  }

  @Test
  void dense() {
    // Rows (1, 0, -2) and (0, 3, 0), biases 0.5 and -1; examples (1, 2, 3) and (4, 5, 6).
    var layer = new DenseLayer("w", 2, 3, new float[] {1, 0, -2, 0, 3, 0}, new float[] {0.5f, -1});
    int[] shape = {3};
    assertArrayEquals(new int[] {2}, layer.outputShape(shape));
    // 1 - 6 + 0.5, 4 - 12 + 0.5; 6 - 1, 15 - 1.
    assertArrayEquals(new float[] {-4.5f, -7.5f, 5, 14}, run(layer, shape, 2, 1, 4, 2, 5, 3, 6));
    // Strengths 1 and 10 of the outputs: |1| 1, |3| 10, |-2| 1.
    assertArrayEquals(new double[] {1, 30, 2}, layer.strengths(new double[] {1, 10}, shape));
    assertEquals(new WeightCount("w", 6, 3), layer.count());
    assertEquals(0.5, layer.count().sparsity());
  }

  @Test
  void convolution() {
    // One filter: the pixel itself plus 10 times its left neighbor, and 1; zeros around.
    float[] weights = {0, 0, 0, 10, 1, 0, 0, 0, 0};
    var layer = new ConvolutionLayer("w", 1, 1, THREE, THREE, weights, new float[] {1});
    int[] shape = {1, 2, 2};
    assertArrayEquals(shape, layer.outputShape(shape));
    // Image 1 2 / 3 4: 1 + 1, 2 + 10 + 1, 3 + 1, 4 + 30 + 1.
    assertArrayEquals(new float[] {2, 13, 4, 35}, run(layer, shape, 1, 1, 2, 3, 4));
    // With a second example 5 6 / 7 8 between: 6, 57, 8, 79.
    assertArrayEquals(
        new float[] {2, 6, 13, 57, 4, 8, 35, 79}, run(layer, shape, 2, 1, 5, 2, 6, 3, 7, 4, 8));
    // The left pixels reach themselves and, ten times, their right neighbor.
    assertArrayEquals(
        new double[] {11, 1, 11, 1}, layer.strengths(new double[] {1, 1, 1, 1}, shape));
  }

  @Test
  void convolutionWithStrideAndChannels() {
    // Two channels of 1 x 4, window 1 x 2, stride 2; filters (1 1 | 0 0) and (0 0 | 2 -1).
    var layer =
        new ConvolutionLayer(
            "w",
            2,
            2,
            new WindowSize(1, 1, 0, 1),
            new WindowSize(2, 2, 0, 1),
            new float[] {1, 1, 0, 0, 0, 0, 2, -1},
            null);
    int[] shape = {2, 1, 4};
    assertArrayEquals(new int[] {2, 1, 2}, layer.outputShape(shape));
    // 1 + 2, 3 + 4; 2 * 5 - 6, 2 * 7 - 8.
    assertArrayEquals(new float[] {3, 7, 4, 6}, run(layer, shape, 1, 1, 2, 3, 4, 5, 6, 7, 8));
    assertArrayEquals(
        new double[] {1, 1, 1, 1, 2, 1, 2, 1}, layer.strengths(new double[] {1, 1, 1, 1}, shape));
  }

  @Test
  void pooling() {
    // 3 x 4: the last row is left out.
    int[] shape = {1, 3, 4};
    float[] image = {1, 2, 3, 4, 5, 6, -7, 8, 9, 9, 9, 9};
    var max = new PoolingLayer(PoolingLayer.Kind.MAX, 2);
    assertArrayEquals(new int[] {1, 1, 2}, max.outputShape(shape));
    assertArrayEquals(new float[] {6, 8}, run(max, shape, 1, image));
    var mean = new PoolingLayer(PoolingLayer.Kind.MEAN, 2);
    // 14 / 4 and 8 / 4.
    assertArrayEquals(new float[] {3.5f, 2}, run(mean, shape, 1, image));
    assertArrayEquals(
        new double[] {1, 1, 3, 3, 1, 1, 3, 3, 0, 0, 0, 0},
        max.strengths(new double[] {1, 3}, shape));
    assertArrayEquals(
        new double[] {1, 1, 3, 3, 1, 1, 3, 3, 0, 0, 0, 0},
        mean.strengths(new double[] {4, 12}, shape));
  }

  @Test
  void scaleOfChannels() {
    var layer = new ScaleLayer(new float[] {2, -1}, new float[] {0.5f, 10});
    int[] shape = {2, 1, 2};
    assertArrayEquals(new float[] {2.5f, 4.5f, 7, 6}, run(layer, shape, 1, 1, 2, 3, 4));
    assertArrayEquals(new double[] {2, 4, 3, 4}, layer.strengths(new double[] {1, 2, 3, 4}, shape));
  }

  @Test
  void activations() {
    int[] shape = {2};
    assertArrayEquals(
        new float[] {0, 3}, run(new ActivationLayer(ActivationFunction.RELU), shape, 1, -2, 3));
    // 1 / (1 + 1), and 1 / (1 + 1 / 3) for the logarithm of 3.
    float[] sigmoid =
        run(new ActivationLayer(ActivationFunction.SIGMOID), shape, 1, 0, (float) Math.log(3));
    assertArrayEquals(new float[] {0.5f, 0.75f}, sigmoid, 1e-6f);
    // (9 - 1) / (9 + 1) for the logarithm of 3.
    float[] tanh =
        run(new ActivationLayer(ActivationFunction.TANH), shape, 1, 0, (float) Math.log(3));
    assertArrayEquals(new float[] {0, 0.8f}, tanh, 1e-6f);
  }

  @Test
  void pathsOfANetwork() {
    // f0 -> h0 (2) -> o0 (3), o1 (-1); f1 -> h1 (-4) -> o1 (5).
    var network =
        new LayeredNetwork(
            new int[] {2},
            List.of(
                new DenseLayer("a", 2, 2, new float[] {2, 0, 0, -4}, null),
                new ActivationLayer(ActivationFunction.RELU),
                new DenseLayer("b", 2, 2, new float[] {3, 0, -1, 5}, null)));
    assertArrayEquals(new double[] {6, 0}, network.strengths(0));
    assertArrayEquals(new double[] {2, 20}, network.strengths(1));
    // h = (2, 0): the second is negative before ReLU.
    assertArrayEquals(new float[] {6, -2}, network.run(new float[] {1, 1}, 1));
  }

  @Test
  void layersThatDoNotFitAreRefused() {
    var layer = new DenseLayer("w", 1, 3, new float[3], null);
    assertThrows(
        InvalidInputException.class, () -> new LayeredNetwork(new int[] {2}, List.of(layer)));
    assertThrows(InvalidInputException.class, () -> new DenseLayer("w", 2, 3, new float[5], null));
    var images = new int[] {1, 4, 4};
    assertThrows(
        InvalidInputException.class,
        () -> new LayeredNetwork(images, List.of(new PoolingLayer(PoolingLayer.Kind.MAX, 2))));
    assertThrows(InvalidInputException.class, () -> new PoolingLayer(PoolingLayer.Kind.MAX, 0));
  }
}
