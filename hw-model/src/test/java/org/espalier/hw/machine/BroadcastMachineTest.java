package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.espalier.hw.arch.EieArchitecture;
import org.espalier.hw.arch.EseArchitecture;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.sim.LoadBalance;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Uniform;
import org.espalier.hw.workload.Workload;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class BroadcastMachineTest {

  private static final List<BroadcastMachine> MACHINES =
      List.of(
          new Eie(EieArchitecture.PUBLISHED.withPes(16), MachineOptions.DEFAULT),
          new Ese(EseArchitecture.PUBLISHED.withPes(8), MachineOptions.DEFAULT));

  private static Mask thinned(Mask mask, double kept, long seed) {
    Mask choice = Uniform.ofDensity(1, mask.elements(), kept).draw(seed);
    return mask.and(Mask.ofWords(mask.shape(), choice.toWords()));
  }

  private static Layer layer(boolean convolution, int size) {
    return convolution
        ? Layer.dense(
            "conv",
            new Convolution(
                new ConvolutionShape(4, 6, 5, size, new Window(3, 1, 1), new Window(3, 2, 1), 1),
                2))
        : Layer.dense("fc", new Gemm(size, 2 * size, 2));
  }

  private static double cycles(BroadcastMachine machine, Layer layer) {
    return machine.cost(layer).time().cycles().orElseThrow();
  }

  @Property(tries = 60, seed = "7")
  void moreZerosNeverCostMore(
      @ForAll boolean convolution,
      @ForAll @IntRange(min = 1, max = 120) int size,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll @DoubleRange(min = 0, max = 1) double kept) {
    Layer dense = layer(convolution, size);
    Mask weights = dense.weights().draw(0);
    Mask inputs = dense.activations().draw(0);
    Mask some = thinned(weights, density, 1);
    Mask fewer = thinned(some, kept, 2);
    Mask someInputs = thinned(inputs, density, 3);
    Mask fewerInputs = thinned(someInputs, kept, 4);
    for (BroadcastMachine machine : MACHINES) {
      double full = cycles(machine, dense);
      double first =
          cycles(
              machine, dense.withWeights(new Actual(some)).withActivations(new Actual(someInputs)));
      double second =
          cycles(
              machine,
              dense.withWeights(new Actual(fewer)).withActivations(new Actual(fewerInputs)));
      assertTrue(second <= first && first <= full, second + ", " + first + ", " + full);
    }
  }

  @Property(tries = 60, seed = "8")
  void figuresHoldTogether(
      @ForAll boolean convolution,
      @ForAll boolean analytic,
      @ForAll @IntRange(min = 1, max = 90) int size,
      @ForAll @DoubleRange(min = 0, max = 1) double weights,
      @ForAll @DoubleRange(min = 0, max = 1) double activations) {
    Layer dense = layer(convolution, size);
    int rows = dense.weights().rows();
    int columns = dense.weights().columns();
    Layer layer =
        dense.withWeights(Uniform.ofDensity(rows, columns, weights)).withActivations(activations);
    MachineOptions options =
        new MachineOptions(
            analytic ? MachineOptions.Method.ANALYTIC : MachineOptions.Method.SIMULATE, 1);
    for (String name : List.of("eie", "ese")) {
      LayerCost cost = Machines.named(name, options).cost(layer);
      double sum = cost.energyPj().parts().values().stream().mapToDouble(e -> e).sum();
      assertEquals(sum, cost.energyPj().total(), 1e-12 * sum);
      assertTrue(sum >= 0 && Double.isFinite(sum));
      assertTrue(cost.time().theoreticalUs() <= cost.time().us() * (1 + 1e-9));
      LayerCost full = Machines.named(name, options).cost(dense);
      assertEquals(full.dense().us(), full.time().us(), 1e-9 * full.dense().us());
      assertEquals(full.dense().us(), cost.dense().us());
      assertEquals(cost.time(), Machines.named(name, options).cost(layer).time());
    }
  }

  @Test
  void balancedPruningIsBalanced() {
    SplittableRandom random = new SplittableRandom(1);
    float[] weights = new float[64 * 50];
    for (int i = 0; i < weights.length; i++) {
      // Rows of some elements have larger weights: plain pruning would leave those busy.
      weights[i] = (float) (random.nextGaussian() * (1 + i / 50 % 8));
    }
    Layer layer = Layer.dense("Wir", new Gemm(64, 50, 1));
    Mask balanced = LoadBalance.prune(weights, 64, 50, 8, 0.75);
    // 3200 weights, 800 kept, 100 on each of 8.
    assertEquals(800, balanced.keptCount());
    assertEquals(1, LoadBalance.staticBalance(new Actual(balanced), 8));
    LayerCost cost = MACHINES.get(1).cost(layer.withWeights(new Actual(balanced)));
    assertEquals(1, cost.balance().staticBalance());
    assertTrue(LoadBalance.staticBalance(Actual.banded(64, 50, 3), 7) < 1);
  }

  @Test
  void sweepsVaryOneThing() {
    Workload workload =
        new Workload(
            "one", List.of(layer(false, 512).withWeights(Uniform.ofDensity(512, 1024, 0.1))));
    BroadcastMachine eie = Machines.broadcast("eie", MachineOptions.DEFAULT).orElseThrow();
    List<QueueSweep.Row> depths = QueueSweep.depths(eie, workload, 1, 8, 64);
    assertEquals(List.of(1.0, 8.0, 64.0), depths.stream().map(QueueSweep.Row::setting).toList());
    assertTrue(depths.get(0).cycles() > depths.get(1).cycles());
    assertTrue(depths.get(1).cycles() > depths.get(2).cycles());
    List<QueueSweep.Row> elements = QueueSweep.elements(eie, workload, 4, 64);
    assertTrue(elements.get(0).paddingShare() > elements.get(1).paddingShare());
    assertTrue(elements.get(0).loadBalance() > elements.get(1).loadBalance());
    List<QueueSweep.Row> densities = QueueSweep.densities(eie, workload, 0.05, 0.5);
    assertTrue(densities.get(0).timeUs() < densities.get(1).timeUs());
    assertTrue(Machines.broadcast("none", MachineOptions.DEFAULT).isEmpty());
  }
}
