package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.hw.arch.AcceleratorSpec;
import org.espalier.hw.arch.AcceleratorSpec.MacEnergy;
import org.espalier.hw.arch.FormatBits;
import org.espalier.hw.arch.MacArray;
import org.espalier.hw.arch.MemoryLevel;
import org.espalier.hw.arch.Skipping;
import org.espalier.hw.arch.StorageLevel;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Uniform;
import org.junit.jupiter.api.Test;

class AcceleratorTest {

  private static AcceleratorSpec spec(
      Skipping skipping, String format, long inner, double outerGbPerSecond) {
    return new AcceleratorSpec(
        "test",
        new MacArray(100, 4, 2, 4),
        skipping,
        FormatBits.parse(format),
        FormatBits.parse(format),
        new MacEnergy(2, 0.5),
        List.of(
            new StorageLevel(new MemoryLevel("near", inner, 1000), 1),
            new StorageLevel(new MemoryLevel("far", 1 << 20, outerGbPerSecond), 10)));
  }

  private static Machine machine(AcceleratorSpec spec) {
    return new Accelerator(spec, MachineOptions.DEFAULT);
  }

  private static Layer layer(Gemm shape, double weights, double activations) {
    return Layer.dense("l", shape)
        .withWeights(Uniform.ofDensity(shape.m(), shape.k(), weights))
        .withActivations(activations)
        .withType(DataType.INT8);
  }

  @Property(tries = 200, seed = "1")
  void keepsTheContract(@ForAll long seed) {
    Skipping skipping = Skipping.values()[(int) Long.remainderUnsigned(seed, 4)];
    String format =
        List.of("bitmask", "csr", "rle:2", "coo", "csc").get((int) (seed >>> 2) % 5 & 3);
    long inner = seed % 3 == 0 ? 64 : 1 << 16;
    double bandwidth = seed % 5 == 0 ? 0.01 : 100;
    NestedLayers.check(machine(spec(skipping, format, inner, bandwidth)), seed);
  }

  /**
   * By hand: 8 x 16 weights, 16 x 4 inputs, dense, int8. Each of 4 units has 2 rows: a lot; 4
   * inputs in one step: 16 steps of 100 MHz, 0.16 us, 512 products of 2 pJ. Far: 128 + 64 bytes in
   * and 32 out, at 10 pJ; near: 128, each row of inputs 4 times 256, and 32, at 1 pJ.
   */
  @Test
  void costsWhatCountingSays() {
    LayerCost cost =
        machine(spec(Skipping.NONE, "bitmask", 1 << 16, 100)).cost(layer(new Gemm(8, 16, 4), 1, 1));
    assertEquals(0.16, cost.time().us(), 1e-12);
    assertEquals(16, cost.time().cycles().orElseThrow());
    assertEquals(224, cost.bytes().parts().get("far"));
    assertEquals(416, cost.bytes().parts().get("near"));
    assertEquals(512 * 2 + 2240 + 416, cost.energyPj().total(), 1e-9);
    assertEquals(1, cost.balance().utilization());
    assertEquals(
        "no gain: the machine skips no zeros: they save energy at most", cost.verdict().toString());
  }

  /** Gating saves energy and no time: 512 products, 128 with a live weight, 2 and 0.5 pJ. */
  @Test
  void gatingSavesEnergyOnly() {
    Layer layer = layer(new Gemm(8, 16, 4), 0.25, 1);
    LayerCost cost = machine(spec(Skipping.NONE, "bitmask", 1 << 16, 100)).cost(layer);
    assertEquals(1, cost.speedup());
    assertEquals(128 * 2, cost.energyPj().parts().get("multiply-add"));
    assertEquals(384 * 0.5, cost.energyPj().parts().get("products with zeros"));
  }

  /** 128 bytes of weights against 64 of inner memory: 4 parts of 32, or inputs in 2 parts. */
  @Test
  void whatDoesNotFitInsideIsReadAgain() {
    LayerCost cost =
        machine(spec(Skipping.NONE, "dense", 64, 100)).cost(layer(new Gemm(8, 16, 4), 1, 1));
    // min(128 + 64 * 4, 64 + 128 * 2) = 320, and 32 of outputs.
    assertEquals(352, cost.bytes().parts().get("far"));
  }

  @Test
  void saysWhatBoundsIt() {
    Machine fast = machine(spec(Skipping.BOTH, "bitmask", 1 << 16, 1000));
    LayerCost gain = fast.cost(layer(new Gemm(256, 256, 64), 0.3, 0.5));
    assertTrue(gain.verdict().gain());
    assertTrue(gain.verdict().reason().contains("compute-bound"), gain.verdict().reason());
    LayerCost one = fast.cost(layer(new Gemm(64, 64, 1), 0.98, 1));
    assertEquals(
        "no gain: granularity: 25 % of the 2 x 4 lanes are filled", one.verdict().toString());
    Machine slow = machine(spec(Skipping.BOTH, "bitmask", 1 << 16, 0.1));
    LayerCost memory = slow.cost(layer(new Gemm(64, 64, 4), 0.99, 1));
    assertEquals(Verdict.Kind.NO_GAIN, memory.verdict().kind());
    assertTrue(
        memory.verdict().reason().startsWith("memory-bound: far moves 4.5 KiB in 46.08 us"),
        memory.verdict().reason());
    LayerCost idle = fast.cost(layer(new Gemm(2, 512, 8), 0.97, 1));
    assertEquals("no gain: imbalance: the units work 50 % of the time", idle.verdict().toString());
    LayerCost large = fast.cost(layer(new Gemm(1024, 2048, 1), 0.9, 1));
    assertEquals(Verdict.Kind.DOES_NOT_FIT, large.verdict().kind());
  }

  @Test
  void estimatesAgreeWithCounts() {
    AcceleratorSpec spec = spec(Skipping.BOTH, "csr", 1 << 16, 1000);
    Machine analytic = new Accelerator(spec, new MachineOptions(MachineOptions.Method.ANALYTIC, 1));
    Layer layer = layer(new Gemm(256, 256, 64), 0.2, 0.6);
    double counted = machine(spec).cost(layer).time().us();
    assertEquals(counted, analytic.cost(layer).time().us(), 0.03 * counted);
    LayerCost dense = analytic.cost(layer.dense());
    assertEquals(1, dense.speedup(), 1e-9);
  }
}
