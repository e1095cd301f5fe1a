package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.hw.arch.MacArray;
import org.espalier.hw.arch.Skipping;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.hw.workload.PerChannel;
import org.espalier.hw.workload.Transposed;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrayStepsTest {

  private static final MacArray ARRAY = new MacArray(100, 3, 2, 4);

  private static Layer layer(LayerShape shape, double weights, double activations) {
    return Layer.dense("l", shape)
        .withWeights(Uniform.ofDensity(shape.weightRows(), shape.weightColumns(), weights))
        .withActivations(activations);
  }

  private static Layer drawn(Layer layer, long seed) {
    return layer
        .withWeights(new Actual(layer.weights().draw(seed)))
        .withActivations(new Actual(layer.activations().draw(seed + 1000)));
  }

  /** Every unit and line, counted from the definition. */
  @ParameterizedTest
  @EnumSource(Skipping.class)
  void countsAProduct(Skipping skipping) {
    Layer layer = drawn(layer(new Gemm(10, 15, 9), 0.4, 0.6), 1);
    Actual w = (Actual) layer.weights();
    Actual x = (Actual) layer.activations();
    long[] ofUnit = new long[3];
    long products = 0;
    long pairs = 0;
    long allLots = 0;
    for (int k = 0; k < 15; k++) {
      long taken = skipping.activations() ? (long) x.rowNonZeros(k) : 9;
      for (int unit = 0; unit < 3; unit++) {
        long weights = 0;
        for (int row = unit; row < 10; row += 3) {
          weights += w.isNonZero(row, k) || !skipping.weights() ? 1 : 0;
          pairs += w.isNonZero(row, k) ? (long) x.rowNonZeros(k) : 0;
        }
        long lots = (weights + 1) / 2;
        ofUnit[unit] += lots * ((taken + 3) / 4);
        allLots += lots;
        products += weights * taken;
      }
    }
    long most = Math.max(ofUnit[0], Math.max(ofUnit[1], ofUnit[2]));
    assertEquals(
        new ArraySteps(most, ofUnit[0] + ofUnit[1] + ofUnit[2], products, pairs, allLots),
        ArraySteps.count(layer, ARRAY, skipping));
  }

  /**
   * A depthwise convolution of 5 channels, window 3 x 1 on 4 x 2 pixels, padding 1 above and below:
   * by hand, taps meet 6, 8 and 6 pixels: 2 steps of 4 lanes each, 6 in a channel. Channels 0 and 3
   * belong to unit 0, 1 and 4 to unit 1, 2 to unit 2.
   */
  @Test
  void countsADepthwiseConvolution() {
    Convolution shape =
        new Convolution(new ConvolutionShape(5, 4, 2, 5, new Window(3, 1, 1), Window.POINT, 5), 1);
    ArraySteps expected = new ArraySteps(12, 30, 100, 100, 15);
    Layer dense = Layer.dense("l", shape);
    assertEquals(expected, ArraySteps.count(dense, ARRAY, Skipping.BOTH));
    assertEquals(expected, ArraySteps.count(drawn(dense, 1), ARRAY, Skipping.BOTH));
    assertEquals(expected, ArrayExpectation.expect(dense, ARRAY, Skipping.BOTH));
  }

  @ParameterizedTest
  @EnumSource(Skipping.class)
  void expectationsAgreeWithDraws(Skipping skipping) {
    MacArray array = new MacArray(100, 16, 4, 4);
    Window window = new Window(3, 1, 1);
    LayerShape convolution =
        new Convolution(new ConvolutionShape(32, 14, 14, 64, window, window, 2), 2);
    for (LayerShape shape : new LayerShape[] {new Gemm(200, 300, 50), convolution}) {
      for (double[] density : new double[][] {{.4, .9}, {.05, .1}}) {
        Layer model = layer(shape, density[0], density[1]);
        ArraySteps expected = ArrayExpectation.expect(model, array, skipping);
        double[] counted = meanOfDraws(model, array, skipping);
        assertEquals(counted[0], expected.most(), 0.04 * counted[0]);
        assertEquals(counted[1], expected.work(), 0.03 * counted[1]);
        assertEquals(counted[2], expected.products(), 0.03 * counted[2]);
        assertEquals(counted[3], expected.pairs(), 0.03 * counted[3]);
        assertEquals(counted[4], expected.lots(), 0.03 * counted[4]);
      }
    }
  }

  /** The largest of 16 units scatters by up to 7 %, its mean over 20 draws by 1.6 %. */
  private static double[] meanOfDraws(Layer model, MacArray array, Skipping skipping) {
    int draws = 20;
    double[] sums = new double[5];
    for (int seed = 0; seed < draws; seed++) {
      ArraySteps one = ArraySteps.count(drawn(model, seed), array, skipping);
      double[] figures = {one.most(), one.work(), one.products(), one.pairs(), one.lots()};
      for (int i = 0; i < sums.length; i++) {
        sums[i] += figures[i] / draws;
      }
    }
    return sums;
  }

  /** Dense and sparse input channels, the same for both operands. */
  @Test
  void expectationsFollowCorrelatedChannels() {
    double[] densities = new double[64];
    for (int i = 0; i < 64; i++) {
      densities[i] = i % 2 == 0 ? 0.9 : 0.1;
    }
    Layer model =
        Layer.dense("l", new Gemm(512, 64, 128))
            .withWeights(new Transposed(PerChannel.ofDensities(512, densities)))
            .withActivations(PerChannel.ofDensities(128, densities));
    MacArray array = new MacArray(100, 4, 4, 4);
    double expected = ArrayExpectation.expect(model, array, Skipping.BOTH).work();
    double counted = ArraySteps.count(drawn(model, 1), array, Skipping.BOTH).work();
    assertEquals(counted, expected, 0.03 * counted);
  }

  @Test
  void refusesModelsWithZerosThatItShouldSkip() {
    Layer model = layer(new Gemm(4, 4, 4), 0.5, 1);
    assertThrows(
        IllegalArgumentException.class, () -> ArraySteps.count(model, ARRAY, Skipping.WEIGHTS));
  }
}
