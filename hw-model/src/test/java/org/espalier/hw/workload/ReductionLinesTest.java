package org.espalier.hw.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.junit.jupiter.api.Test;

class ReductionLinesTest {

  private static final Convolution RAGGED =
      new Convolution(
          new ConvolutionShape(6, 7, 5, 4, new Window(3, 2, 1, 1), new Window(2, 1, 2, 2), 2), 3);

  private static Layer drawn(LayerShape shape, double weights, double activations) {
    Layer dense = Layer.dense("l", shape);
    return dense
        .withWeights(
            new Actual(
                Uniform.ofDensity(shape.weightRows(), shape.weightColumns(), weights).draw(1)))
        .withActivations(
            new Actual(
                Uniform.ofDensity(shape.activationRows(), shape.activationColumns(), activations)
                    .draw(2)));
  }

  /** Every output, summed as its definition says: products of two non-zeros inside the image. */
  private static long naive(Layer layer) {
    Convolution convolution = (Convolution) layer.shape();
    ConvolutionShape s = convolution.shape();
    Actual w = (Actual) layer.weights();
    Actual x = (Actual) layer.activations();
    int channels = s.inChannels() / s.groups();
    long pairs = 0;
    for (int sample = 0; sample < convolution.batch(); sample++) {
      for (int o = 0; o < s.outChannels(); o++) {
        int first = o / (s.outChannels() / s.groups()) * channels;
        for (int y = 0; y < s.outHeight(); y++) {
          for (int z = 0; z < s.outWidth(); z++) {
            for (int column = 0; column < w.columns(); column++) {
              int tap = column % s.taps();
              int h =
                  y * s.vertical().stride()
                      - s.vertical().padding()
                      + tap / s.horizontal().kernel() * s.vertical().dilation();
              int v =
                  z * s.horizontal().stride()
                      - s.horizontal().padding()
                      + tap % s.horizontal().kernel() * s.horizontal().dilation();
              boolean inside = h >= 0 && h < s.inHeight() && v >= 0 && v < s.inWidth();
              if (inside
                  && w.isNonZero(o, column)
                  && x.isNonZero(
                      first + column / s.taps(), (sample * s.inHeight() + h) * s.inWidth() + v)) {
                pairs++;
              }
            }
          }
        }
      }
    }
    return pairs;
  }

  @Test
  void countsThePairsOfAConvolution() {
    Layer layer = drawn(RAGGED, 0.6, 0.5);
    assertEquals(naive(layer), ReductionLines.of(layer).pairs());
    Layer dense = drawn(RAGGED, 1, 1);
    assertEquals(naive(dense), ReductionLines.of(dense).pairs());
    assertEquals(naive(dense), ReductionLines.of(layer.dense()).pairs());
  }

  @Test
  void countsThePairsOfAProduct() {
    Layer layer = drawn(new Gemm(5, 7, 4), 0.5, 0.7);
    long pairs = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < 7; k++) {
          boolean both =
              ((Actual) layer.weights()).isNonZero(i, k)
                  && ((Actual) layer.activations()).isNonZero(k, j);
          pairs += both ? 1 : 0;
        }
      }
    }
    ReductionLines lines = ReductionLines.of(layer);
    assertEquals(pairs, lines.pairs());
    assertEquals(7, lines.size());
  }

  /** The mean over many draws, whose standard error is below half of the tolerance. */
  @Test
  void modelsGiveTheExpectation() {
    ConvolutionShape s = RAGGED.shape();
    Layer model =
        Layer.dense("l", RAGGED)
            .withWeights(
                new Transposed(
                    PerChannel.ofDensities(
                        s.weightRows(),
                        .1,
                        .2,
                        .3,
                        .4,
                        .5,
                        .6,
                        .7,
                        .8,
                        .9,
                        1,
                        .5,
                        0,
                        1,
                        1,
                        .2,
                        .3,
                        .1,
                        .6)))
            .withActivations(PerChannel.ofDensities(105, .1, .5, .9, .3, .6, 1));
    double sum = 0;
    int draws = 400;
    for (int seed = 0; seed < draws; seed++) {
      Layer one =
          model
              .withWeights(new Actual(model.weights().draw(seed)))
              .withActivations(new Actual(model.activations().draw(1000 + seed)));
      sum += ReductionLines.of(one).pairs();
    }
    assertEquals(sum / draws, ReductionLines.of(model).pairs(), 0.02 * sum / draws);
  }

  /**
   * Two channels, 4 outputs, 8 samples. By hand: weights 4 and 1, activations 8 and 2 on the two
   * channels: 4 * 8 + 1 * 2 = 34 pairs; mean densities 5/8 and 10/16 of 64 make 25.
   */
  @Test
  void correlatedChannelsHaveMorePairsThanTheirMeans() {
    Layer layer =
        Layer.dense("l", new Gemm(4, 2, 8))
            .withWeights(new Transposed(new PerChannel(4, 4, 1)))
            .withActivations(new PerChannel(8, 8, 2));
    assertEquals(34, ReductionLines.of(layer).pairs(), 1e-12);
    Layer even = layer.withWeights(new Uniform(4, 2, 5)).withActivations(new Uniform(2, 8, 10));
    assertEquals(25, ReductionLines.of(even).pairs(), 1e-12);
  }
}
