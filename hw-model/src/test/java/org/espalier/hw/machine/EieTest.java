package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.espalier.hw.arch.EieArchitecture;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.sim.QueueTotals;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.format.RelativeIndexCsc;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class EieTest {

  private static final Eie EIE = new Eie(EieArchitecture.PUBLISHED, MachineOptions.DEFAULT);

  private static Layer published(String name) {
    return Workloads.named("eie-benchmarks").layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Layer fc(int m, int k, double weights, double activations) {
    return Layer.dense("fc", new Gemm(m, k, 1))
        .withWeights(Uniform.ofDensity(m, k, weights))
        .withActivations(activations);
  }

  /** By hand: 64 rows, one on each element; two of three columns; 2 cycles, 128 of the batch. */
  @Test
  void countsASmallLayer() {
    Layer layer =
        Layer.dense("fc", new Gemm(64, 3, 1))
            .withActivations(new Actual(Mask.ofBytes(new byte[] {1, 0, 1}, 3, 1)));
    LayerCost cost = EIE.cost(layer);
    assertEquals(130, cost.time().cycles().orElseThrow());
    assertEquals(130 / 800.0, cost.time().us());
    assertEquals(2 / 800.0, cost.time().theoreticalUs());
    assertEquals(131, cost.dense().cycles().orElseThrow());
    assertEquals(2 / 130.0, cost.balance().loadBalance());
    assertEquals(1, cost.balance().staticBalance());
    assertEquals(Verdict.Kind.NO_GAIN, cost.verdict().kind());
    // 128 entries of a byte; 4 bytes of pointers on 64 elements, twice; 3 inputs and 64 outputs.
    assertEquals(
        Map.of("weights", 128.0, "pointers", 512.0, "activations", 134.0), cost.bytes().parts());
    // 128 visits of 1.12 and 18.07 pJ, 16 reads of 49.55 pJ, 128 entries of 1.4525 and 1.4025 pJ,
    // and 130 * 64 - 128 = 8192 idle cycles of 3.625 pJ.
    assertEquals(
        128 * (1.12 + 18.07) + 16 * 49.55 + 128 * (1.4525 + 1.4025) + 8192 * 3.625,
        cost.energyPj().total(),
        1e-9);
  }

  /** Theoretical time: the entries that the format stores in active columns, on 64 elements. */
  @Test
  void theoreticalTimeCountsPadding() {
    Layer layer = fc(2000, 300, 0.04, 0.5);
    Mask weights = layer.weights().draw(42);
    Mask inputs = layer.activations().draw(43);
    RelativeIndexCsc stored =
        RelativeIndexCsc.ofDense(
            weights.toFloats(), 2000, 300, 64, RelativeIndexCsc.EIE_INDEX_BITS);
    long entries = 0;
    for (int column = 0; column < 300; column++) {
      for (int element = 0; element < 64 && inputs.isKept(column); element++) {
        entries += stored.entries(element, column);
      }
    }
    QueueTotals counts = EIE.counts(layer);
    assertEquals(entries, counts.entries());
    assertEquals(entries / 64.0 / 800, EIE.cost(layer).time().theoreticalUs(), 1e-12);
    assertTrue(counts.paddingShare() > 0 && counts.paddingShare() < 0.3);
  }

  @Test
  void saysWhatDoesNotFit() {
    assertEquals(
        "does not fit: an element needs 25,089 column pointers and has room for 16,384",
        EIE.cost(published("VGG-6")).verdict().toString());
    // 64 rows of an element in each of 3000 columns: 192 000 bytes.
    assertEquals(
        "does not fit: an element stores 192,000 bytes of weights, padding included, and has room"
            + " for 131,072",
        EIE.cost(fc(4096, 3000, 1, 0.1)).verdict().toString());
    Verdict gain = EIE.cost(published("NT-We")).verdict();
    assertTrue(gain.gain() && gain.reason().contains("% waiting"), gain.reason());
  }

  @Test
  void samplesRunOneAfterTheOther() {
    Mask weights = Uniform.ofDensity(200, 100, 0.2).draw(1);
    Mask inputs = Uniform.ofDensity(100, 3, 0.5).draw(2);
    double sum = 0;
    for (int sample = 0; sample < 3; sample++) {
      byte[] one = new byte[100];
      for (int i = 0; i < 100; i++) {
        one[i] = (byte) (inputs.isKept(i * 3 + sample) ? 1 : 0);
      }
      sum += cycles(new Gemm(200, 100, 1), weights, Mask.ofBytes(one, 100, 1));
    }
    assertEquals(sum, cycles(new Gemm(200, 100, 3), weights, inputs));
  }

  private static double cycles(Gemm shape, Mask weights, Mask inputs) {
    return EIE.counts(
            Layer.dense("fc", shape)
                .withWeights(new Actual(weights))
                .withActivations(new Actual(inputs)))
        .cycles();
  }

  /** A convolution with stride, padding, dilation, groups and batch, lowered by the loops here. */
  @Test
  void convolutionsRunAsTheirLoweredProduct() {
    ConvolutionShape shape =
        new ConvolutionShape(4, 7, 6, 6, new Window(3, 2, 1, 1), new Window(2, 1, 1, 2), 2);
    int outHeight = shape.outHeight();
    int outWidth = shape.outWidth();
    Mask weights = Uniform.ofDensity(6, 12, 0.5).draw(3);
    Mask inputs = Uniform.ofDensity(4, 7 * 6 * 2, 0.4).draw(4);
    double cycles = 0;
    int n = outHeight * outWidth * 2;
    for (int group = 0; group < 2; group++) {
      byte[] lowered = new byte[12 * n];
      for (int row = 0; row < 12; row++) {
        for (int at = 0; at < n; at++) {
          int y = at / outWidth % outHeight * 2 - 1 + row % 6 / 2;
          int x = at % outWidth - 1 + row % 2 * 2;
          int channel = group * 2 + row / 6;
          int pixel = at / (outWidth * outHeight) * 42 + y * 6 + x;
          boolean inside = y >= 0 && y < 7 && x >= 0 && x < 6;
          lowered[row * n + at] = (byte) (inside && inputs.isKept(channel * 84 + pixel) ? 1 : 0);
        }
      }
      byte[] part = new byte[36];
      for (int i = 0; i < 36; i++) {
        part[i] = (byte) (weights.isKept(group * 36 + i) ? 1 : 0);
      }
      cycles += cycles(new Gemm(3, 12, n), Mask.ofBytes(part, 3, 12), Mask.ofBytes(lowered, 12, n));
    }
    Layer layer =
        Layer.dense("conv", new Convolution(shape, 2))
            .withWeights(new Actual(weights))
            .withActivations(new Actual(inputs));
    assertEquals(cycles, EIE.counts(layer).cycles());
  }

  @Test
  void methodsAgreeOnThePublishedLayers() {
    MachineOptions formula = new MachineOptions(MachineOptions.Method.ANALYTIC, 42);
    Eie analytic = new Eie(EieArchitecture.PUBLISHED, formula);
    for (Layer layer : Workloads.named("eie-benchmarks").layers()) {
      LayerCost simulated = EIE.cost(layer);
      LayerCost estimated = analytic.cost(layer);
      assertEquals(1, estimated.time().us() / simulated.time().us(), 0.03, layer.name());
      assertEquals(
          1, estimated.energyPj().total() / simulated.energyPj().total(), 0.03, layer.name());
      assertEquals(simulated.dense(), estimated.dense());
      assertEquals(simulated.verdict().kind(), estimated.verdict().kind());
    }
  }
}
