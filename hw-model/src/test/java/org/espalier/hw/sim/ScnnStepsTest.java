package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.hw.workload.PerChannel;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class ScnnStepsTest {

  /** 2 x 2 elements, 2 x 3 lanes, and 16 accumulators. */
  private static final ScnnChip SMALL = new ScnnChip(1000, 2, 2, 2, 3, 12, 16, 4, 1 << 20);

  private static final Window THREE = new Window(3, 1, 1);

  private static Layer layer(LayerShape shape, double weights, double activations) {
    return Layer.dense("l", shape)
        .withWeights(Uniform.ofDensity(shape.weightRows(), shape.weightColumns(), weights))
        .withActivations(
            Uniform.ofDensity(shape.activationRows(), shape.activationColumns(), activations));
  }

  private static ScnnSteps drawn(Layer layer, long seed, ScnnChip chip) {
    return ScnnSteps.count(
        layer,
        new Actual(layer.weights().draw(seed)),
        new Actual(layer.activations().draw(seed + 1)),
        chip);
  }

  /**
   * By hand: one channel, a plane of 2 x 2 over 2 x 2 elements: a pixel each. Window 1 x 1: one sum
   * per output, 16 outputs in a group; 20 outputs make groups of 16 and 4. Weights: 5 non-zeros in
   * the first group, 1 in the second: 3 + 1 steps. Pixels: (1 0; 1 1): three elements work.
   */
  @Test
  void countsByHand() {
    Convolution shape =
        new Convolution(new ConvolutionShape(1, 2, 2, 20, Window.POINT, Window.POINT, 1), 1);
    byte[] kept = new byte[20];
    for (int i : new int[] {0, 3, 5, 7, 15, 16}) {
      kept[i] = 1;
    }
    ScnnSteps steps =
        ScnnSteps.count(
            Layer.dense("l", shape),
            new Actual(Mask.ofBytes(kept, 20, 1)),
            new Actual(Mask.ofBytes(new byte[] {1, 0, 1, 1}, 1, 4)),
            SMALL);
    assertEquals(new ScnnSteps(4, 12, 4), steps);
  }

  /**
   * A plane of 6 x 5 over 2 x 2 elements: tiles of 3 x 3 and 3 x 2 pixels; with a window of 3 x 3
   * they add to 5 x 5 sums, more than 16, so that the plane takes passes of smaller tiles: 2 x 2
   * pixels add to 4 x 4 sums, one output at a time. Everything is counted from its definition.
   */
  @Test
  void agreesWithCountingOverTheTiles() {
    Convolution shape = new Convolution(new ConvolutionShape(4, 6, 5, 6, THREE, THREE, 2), 2);
    Layer layer = layer(shape, 0.5, 0.6);
    Actual w = new Actual(layer.weights().draw(7));
    Actual x = new Actual(layer.activations().draw(8));
    long barriers = 0;
    long work = 0;
    long[][] ofElement = new long[2][2];
    for (int output = 0; output < 6; output++) {
      for (int image = 0; image < 2; image++) {
        for (int down = 0; down < 2; down++) {
          for (int across = 0; across < 2; across++) {
            long slowest = 0;
            for (int i = 0; i < 2; i++) {
              for (int j = 0; j < 2; j++) {
                long steps = 0;
                for (int channel = 0; channel < 2; channel++) {
                  long weights = 0;
                  for (int tap = 0; tap < 9; tap++) {
                    weights += w.isNonZero(output, channel * 9 + tap) ? 1 : 0;
                  }
                  long pixels = 0;
                  int top = (down * 2 + i) * 2;
                  int left = (across * 2 + j) * 2;
                  for (int y = top; y < Math.min(6, top + 2); y++) {
                    for (int z = left; z < Math.min(5, left + 2); z++) {
                      boolean lives = x.isNonZero(output / 3 * 2 + channel, image * 30 + y * 5 + z);
                      pixels += lives ? 1 : 0;
                    }
                  }
                  steps += (weights + 1) / 2 * ((pixels + 2) / 3);
                }
                work += steps;
                ofElement[i][j] += steps;
                slowest = Math.max(slowest, steps);
              }
            }
            barriers += slowest;
          }
        }
      }
    }
    long most =
        Math.max(
            Math.max(ofElement[0][0], ofElement[0][1]), Math.max(ofElement[1][0], ofElement[1][1]));
    assertEquals(new ScnnSteps(barriers, work, most), ScnnSteps.count(layer, w, x, SMALL));
  }

  /**
   * By hand: 4 x 4 pixels, one output, window 3 x 3, stride 2, no padding: taps (0 and 2) x (0 and
   * 2) meet even rows and columns, and so on: phases of 4, 2, 2, 1 taps are 2, 1, 1, 1 lots of 2.
   * Each of 2 x 2 elements has 2 x 2 pixels, one of each phase: 5 steps.
   */
  @Test
  void aStrideFallsIntoPhases() {
    Window window = new Window(3, 2, 0);
    Layer dense =
        Layer.dense("l", new Convolution(new ConvolutionShape(1, 4, 4, 1, window, window, 1), 1));
    assertEquals(new ScnnSteps(5, 20, 5), drawn(dense, 1, SMALL));
  }

  /** Dense layers have no chance in them: both ways agree exactly. */
  @Test
  void bothWaysAgreeOnDenseLayers() {
    for (LayerShape shape :
        new LayerShape[] {
          new Gemm(30, 20, 7),
          new Gemm(5, 3, 1),
          new Convolution(new ConvolutionShape(6, 13, 9, 10, THREE, THREE, 2), 2),
          new Convolution(
              new ConvolutionShape(6, 13, 9, 10, new Window(3, 2, 1), new Window(5, 3, 2), 2), 1),
        }) {
      Layer dense = Layer.dense("l", shape);
      assertEquals(drawn(dense, 1, SMALL), ScnnExpectation.expect(dense, SMALL));
      assertEquals(
          drawn(dense, 1, ScnnChip.PUBLISHED), ScnnExpectation.expect(dense, ScnnChip.PUBLISHED));
    }
  }

  @Test
  void expectationsAgreeWithDraws() {
    Convolution shape = new Convolution(new ConvolutionShape(32, 28, 28, 24, THREE, THREE, 1), 1);
    for (double[] density : new double[][] {{.9, .9}, {.4, .5}, {.1, .3}, {.05, 1}}) {
      Layer layer = layer(shape, density[0], density[1]);
      ScnnSteps expected = ScnnExpectation.expect(layer, ScnnChip.PUBLISHED);
      ScnnSteps drawn = drawn(layer, 3, ScnnChip.PUBLISHED);
      assertEquals(drawn.work(), expected.work(), 0.02 * drawn.work());
      assertEquals(drawn.barriers(), expected.barriers(), 0.04 * drawn.barriers());
    }
    Layer uneven =
        layer(shape, .3, 1)
            .withActivations(
                PerChannel.ofDensities(
                    784, IntStream.range(0, 32).mapToDouble(i -> i / 31.0).toArray()));
    ScnnSteps drawn = drawn(uneven, 5, ScnnChip.PUBLISHED);
    assertEquals(
        drawn.work(),
        ScnnExpectation.expect(uneven, ScnnChip.PUBLISHED).work(),
        0.02 * drawn.work());
  }

  /**
   * One product never waits; as many products as banks, and queues of one, take as long as the
   * fullest of the banks: with 2 in 2 banks 1.5 cycles if steps began with empty queues.
   */
  @Test
  void fewProductsDoNotConflict() {
    assertEquals(1, BankConflicts.cyclesPerStep(1, 32, 1));
    assertEquals(1.5, BankConflicts.cyclesPerStep(2, 2, 1), 0.02);
    assertTrue(BankConflicts.cyclesPerStep(16, 32, 4) > BankConflicts.cyclesPerStep(16, 64, 4));
    assertTrue(BankConflicts.cyclesPerStep(16, 32, 4) > BankConflicts.cyclesPerStep(16, 32, 8));
  }
}
