package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.machine.MachineOptions.Method;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.junit.jupiter.api.Test;

class ScnnTest {

  private static final Machine CHIP = Scnn.chip(ScnnChip.PUBLISHED, MachineOptions.DEFAULT);
  private static final Machine ELEMENT = Scnn.element(ScnnChip.PUBLISHED, MachineOptions.DEFAULT);

  private static Convolution square(int channels, int outputs, int kernel, int size) {
    Window window = new Window(kernel, 1, kernel / 2);
    return new Convolution(
        new ConvolutionShape(channels, size, size, outputs, window, window, 1), 1);
  }

  private static Layer layer(LayerShape shape, double weights, double activations) {
    return Layer.dense("l", shape)
        .withWeights(Uniform.ofDensity(shape.weightRows(), shape.weightColumns(), weights))
        .withActivations(activations);
  }

  @Property(tries = 60, seed = "1")
  void theChipKeepsTheContract(@ForAll long seed) {
    NestedLayers.check(CHIP, seed);
  }

  @Property(tries = 60, seed = "2")
  void theElementKeepsTheContract(@ForAll long seed) {
    NestedLayers.check(ELEMENT, seed);
  }

  /** A plane of 32 x 32 gives each of 64 elements 16 pixels: as balanced as can be. */
  @Test
  void theChipSharesWhatTheElementDoesAlone() {
    LayerCost chip = CHIP.cost(Layer.dense("l", square(16, 32, 1, 32)));
    LayerCost element = ELEMENT.cost(Layer.dense("l", square(16, 32, 1, 32)));
    assertEquals(element.time().us(), 64 * chip.time().us(), 1e-9 * element.time().us());
    assertEquals(1, chip.balance().loadBalance());
    assertTrue(chip.balance().utilization() > 0.9);
  }

  @Test
  void estimatesAgreeWithSimulations() {
    Machine analytic = Scnn.chip(ScnnChip.PUBLISHED, new MachineOptions(Method.ANALYTIC, 1));
    Layer layer = layer(square(64, 64, 3, 28), 0.35, 0.4);
    double simulated = CHIP.cost(layer).time().us();
    LayerCost estimate = analytic.cost(layer);
    assertEquals(simulated, estimate.time().us(), 0.03 * simulated);
    assertEquals(CHIP.cost(layer).dense().us(), estimate.dense().us(), 1e-9);
    assertTrue(estimate.verdict().gain());
  }

  /** One sample: one element of 64 works, on one activation of the four it could take. */
  @Test
  void aFullyConnectedLayerLeavesTheChipIdle() {
    LayerCost cost = CHIP.cost(layer(new Gemm(512, 256, 1), 0.1, 1));
    assertTrue(cost.balance().utilization() <= 1 / 256.0);
    assertTrue(
        cost.verdict().reason().contains("each weight meets at most 1 inputs, of 4"),
        cost.verdict().reason());
  }

  /**
   * With a stride of 2, a pointwise convolution takes one phase of four: a quarter of the steps.
   */
  @Test
  void aStrideWastesNoProducts() {
    Window window = new Window(1, 2, 0);
    Convolution shape = new Convolution(new ConvolutionShape(16, 32, 32, 32, window, window, 1), 1);
    LayerCost all = CHIP.cost(Layer.dense("l", square(16, 32, 1, 32)));
    LayerCost cost = CHIP.cost(Layer.dense("l", shape));
    assertEquals(all.time().us() / 4, cost.time().us(), 1e-9);
    assertEquals(all.balance().utilization(), cost.balance().utilization(), 1e-9);
  }

  @Test
  void saysWhatDoesNotFit() {
    LayerCost cost = CHIP.cost(layer(square(64, 2, 3, 112), 0.5, 0.5));
    assertEquals(Verdict.Kind.DOES_NOT_FIT, cost.verdict().kind());
    assertEquals( // 64 * 112^2 / 2 * 20 / 8 bytes
        "the inputs take 980 KiB compressed, and half of the activation memory is 512 KiB",
        cost.verdict().reason());
  }
}
