package org.espalier.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.SplittableRandom;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.PackedConvolution;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;

/** Sparse convolutions of random sizes against libtorch's. */
class ConvolutionTest {

  private static final int CASES = 60;

  @Test
  void agreesWithLibtorch() {
    SplittableRandom random = new SplittableRandom(11);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      for (int i = 0; i < CASES; i++) {
        int groups = 1 + random.nextInt(3);
        int in = groups * (1 + random.nextInt(20));
        int out = groups * (1 + random.nextInt(40));
        if (i % 5 == 0) {
          groups = in;
          out = in;
        }
        int height = 1 + random.nextInt(30);
        int width = 1 + random.nextInt(30);
        Window vertical = window(random, height);
        Window horizontal = window(random, width);
        ConvolutionShape shape =
            new ConvolutionShape(in, height, width, out, vertical, horizontal, groups);
        compare(manager, shape, 1 + random.nextInt(3), i);
      }
    }
  }

  /** Returns a window that fits: of 1 to 5 taps, stride and dilation 1 to 3, padding 0 to 2. */
  private static Window window(SplittableRandom random, int size) {
    Window window;
    do {
      window =
          new Window(
              1 + random.nextInt(5),
              1 + random.nextInt(3),
              random.nextInt(3),
              1 + random.nextInt(3));
    } while (window.positions(size) == 0);
    return window;
  }

  private static void compare(NDManager manager, ConvolutionShape shape, int batch, int seed) {
    double sparsity = seed % 4 * 0.3;
    float[] weights =
        SparseMatrices.dense(seed, shape.weightRows(), shape.weightColumns(), sparsity);
    float[] bias = SparseMatrices.dense(seed + 1, shape.outChannels(), 1, 0);
    float[] input = SparseMatrices.dense(seed + 2, batch, shape.inputLength(), 0);
    float[] output = new float[batch * shape.outputLength()];
    java.util.Arrays.fill(output, Float.NaN);
    Csr matrix = Csr.ofDense(weights, shape.weightRows(), shape.weightColumns());
    PackedConvolution packed = PackedConvolution.of(matrix, shape);
    packed.convolve(input, batch, output, new Epilogue(bias, seed % 2 == 0));
    float[] expected = libtorch(manager, shape, batch, new float[][] {input, weights, bias});
    assertEquals(expected.length, output.length);
    // Both round: a sum of n products in [-1, 1] is off by less than about n * sqrt(n) * 2^-24.
    double terms = shape.weightColumns() + 2;
    double allowed = terms * Math.sqrt(terms) * 0x1p-24 + 1e-6;
    for (int i = 0; i < output.length; i++) {
      float value = seed % 2 == 0 ? Math.max(expected[i], 0) : expected[i];
      assertEquals(value, output[i], allowed, "case " + seed + ", value " + i + " of " + packed);
    }
  }

  private static float[] libtorch(
      NDManager manager, ConvolutionShape shape, int batch, float[][] arrays) {
    Window v = shape.vertical();
    Window h = shape.horizontal();
    try (NDManager scope = manager.newSubManager()) {
      NDArray input =
          scope.create(
              arrays[0], new Shape(batch, shape.inChannels(), shape.inHeight(), shape.inWidth()));
      NDArray weight =
          scope.create(
              arrays[1],
              new Shape(
                  shape.outChannels(),
                  shape.inChannels() / shape.groups(),
                  v.kernel(),
                  h.kernel()));
      return Conv2d.conv2d(
              input,
              weight,
              scope.create(arrays[2]),
              new Shape(v.stride(), h.stride()),
              new Shape(v.padding(), h.padding()),
              new Shape(v.dilation(), h.dilation()),
              shape.groups())
          .singletonOrThrow()
          .toFloatArray();
    }
  }
}
