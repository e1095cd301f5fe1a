package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.espalier.hw.arch.DualSideArchitecture;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.Unstructured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OuterProductsTest {

  private static final DualSideArchitecture CORE = DualSideArchitecture.wang();

  /**
   * Two inputs, 32 outputs, 32 columns. Input 0: 9 activations take 2 steps of 8, 17 weights 2 of
   * 16: 4 instructions. Input 1: 3 activations and 32 weights: 1 x 2 = 2. Products 9 17 + 3 32.
   */
  @Test
  void countsStepsOfCondensedSlices() {
    Layer layer = masks(new Gemm(32, 2, 32), rows(32, 9, 3), columns(32, 17, 32));
    assertEquals(new OuterProducts(4 + 2, 9 * 17 + 3 * 32), OuterProducts.of(layer, CORE));
  }

  /** One activation and one weight, or none: the bitmaps take two instructions all the same. */
  @Test
  void bitmapsAreReadForEmptySlices() {
    Layer layer = masks(new Gemm(32, 2, 32), rows(32, 1, 0), columns(32, 1, 0));
    assertEquals(new OuterProducts(2 + 2, 1), OuterProducts.of(layer, CORE));
  }

  /**
   * 40 outputs are slices of 32 and 8, 50 columns slices of 32 and 18, without zeros: (2 + 1) x (4
   * + 3) instructions, but no pair below 2.
   */
  @Test
  void edgesAreSmallerSlices() {
    Layer layer = Layer.dense("edges", new Gemm(40, 3, 50));
    assertEquals(new OuterProducts(3 * 3 * 7, 3 * 40 * 50), OuterProducts.of(layer, CORE));
    Layer actual =
        layer
            .withWeights(new Actual(Mask.dense(40, 3)))
            .withActivations(new Actual(Mask.dense(3, 50)));
    assertEquals(OuterProducts.of(layer, CORE), OuterProducts.of(actual, CORE));
  }

  /** Every pair of slices of every input, counted one element at a time. */
  @ParameterizedTest
  @CsvSource({"gemm, 0.3, 0.6, 1", "conv, 0.5, 0.4, 2", "grouped, 0.7, 0.2, 3"})
  void agreesWithCountingOneByOne(String kind, double weights, double activations, long seed) {
    LayerShape shape =
        switch (kind) {
          case "gemm" -> new Gemm(70, 13, 45);
          case "conv" -> convolution(3, 40, 1, 2);
          default -> convolution(6, 80, 2, 1);
        };
    Layer layer = drawn(shape, weights, activations, seed);
    assertEquals(oneByOne(layer), OuterProducts.of(layer, CORE));
  }

  /** The mean over masks of a model is what the model says. */
  @Test
  void modelsAgreeWithTheirMasks() {
    Gemm shape = new Gemm(64, 200, 96);
    double instructions = 0;
    for (int seed = 0; seed < 20; seed++) {
      instructions += OuterProducts.of(drawn(shape, 0.35, 0.25, seed), CORE).instructions() / 20;
    }
    Layer model =
        Layer.dense("model", shape).withWeights(Unstructured.INSTANCE, 0.35).withActivations(0.25);
    double said = OuterProducts.of(model, CORE).instructions();
    // 20 masks of 1200 pairs each: the mean is known to about 0.3 %.
    assertEquals(said, instructions, 0.01 * said);
  }

  private static Layer drawn(LayerShape shape, double weights, double activations, long seed) {
    return Layer.dense("drawn", shape)
        .withWeights(
            new Actual(
                Uniform.ofDensity(shape.weightRows(), shape.weightColumns(), weights).draw(seed)))
        .withActivations(
            new Actual(
                Uniform.ofDensity(shape.activationRows(), shape.activationColumns(), activations)
                    .draw(seed + 100)));
  }

  private static Convolution convolution(int in, int out, int groups, int batch) {
    return new Convolution(
        new ConvolutionShape(in, 7, 6, out, new Window(3, 2, 1), new Window(3, 1, 1, 2), groups),
        batch);
  }

  private static OuterProducts oneByOne(Layer layer) {
    Gemm one = layer.shape().gemm();
    double instructions = 0;
    double products = 0;
    for (int group = 0; group < layer.shape().products(); group++) {
      for (int k = 0; k < one.k(); k++) {
        for (int n = 0; n < one.n(); n += 32) {
          int p = 0;
          for (int x = n; x < Math.min(n + 32, one.n()); x++) {
            p += isNonZero(layer, group * one.k() + k, x) ? 1 : 0;
          }
          for (int m = 0; m < one.m(); m += 32) {
            int q = 0;
            for (int y = m; y < Math.min(m + 32, one.m()); y++) {
              q += ((Actual) layer.weights()).isNonZero(group * one.m() + y, k) ? 1 : 0;
            }
            instructions += Math.max(2, (p + 7) / 8 * ((q + 15) / 16));
            products += p * q;
          }
        }
      }
    }
    return new OuterProducts(instructions, products);
  }

  /** Looks up one element of the lowered activations. */
  private static boolean isNonZero(Layer layer, int row, int column) {
    Actual activations = (Actual) layer.activations();
    if (!(layer.shape() instanceof Convolution convolution)) {
      return activations.isNonZero(row, column);
    }
    ConvolutionShape shape = convolution.shape();
    int position = column % convolution.positions();
    int y = position / shape.outWidth() * 2 - 1 + row % 9 / 3;
    int x = position % shape.outWidth() - 1 + row % 3 * 2;
    if (y < 0 || y >= 7 || x < 0 || x >= 6) {
      return true;
    }
    return activations.isNonZero(row / 9, column / convolution.positions() * 42 + y * 6 + x);
  }

  private static Layer masks(Gemm shape, Mask activations, Mask weights) {
    return Layer.dense("by hand", shape)
        .withWeights(new Actual(weights))
        .withActivations(new Actual(activations));
  }

  /** One row per count, its first elements not zero. */
  private static Mask rows(int columns, int... counts) {
    byte[] bytes = new byte[counts.length * columns];
    for (int row = 0; row < counts.length; row++) {
      Arrays.fill(bytes, row * columns, row * columns + counts[row], (byte) 1);
    }
    return Mask.ofBytes(bytes, counts.length, columns);
  }

  /** One column per count, its first elements not zero. */
  private static Mask columns(int rows, int... counts) {
    byte[] bytes = new byte[rows * counts.length];
    for (int column = 0; column < counts.length; column++) {
      for (int row = 0; row < counts[column]; row++) {
        bytes[row * counts.length + column] = 1;
      }
    }
    return Mask.ofBytes(bytes, rows, counts.length);
  }
}
