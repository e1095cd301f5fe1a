package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cpu.KnownMachine;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;
import org.junit.jupiter.api.Test;

class CpuTest {

  private static final Cpu CPU = new Cpu(KnownMachine.calibration());

  private static Layer layer(int m, int k, int n, String pattern, double density) {
    return Layer.dense("test", new Gemm(m, k, n))
        .withWeights(SparsityPattern.parse(pattern), density);
  }

  @Property(tries = 300, seed = "1")
  void fewerWeightsOfADensityNeverCostMore(
      @ForAll @IntRange(min = 8, max = 600) int m,
      @ForAll @IntRange(min = 8, max = 600) int k,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 0, max = 998) int more,
      @ForAll @IntRange(min = 0, max = 998) int less) {
    double few = Math.min(more, less) / 1000.0;
    double many = Math.max(more, less) / 1000.0;
    for (String pattern : new String[] {"unstructured", "block:4x1"}) {
      int rows = m / 4 * 4;
      double low = CPU.cost(layer(rows, k, n, pattern, few)).time().us();
      double high = CPU.cost(layer(rows, k, n, pattern, many)).time().us();
      assertTrue(low <= high * (1 + 1e-9), pattern + ": " + low + " and " + high);
    }
  }

  @Property(tries = 60, seed = "2")
  void nestedMasksNeverCostMore(
      @ForAll @IntRange(min = 32, max = 100) int m,
      @ForAll @IntRange(min = 32, max = 120) int k,
      @ForAll @IntRange(min = 1, max = 100) int n,
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] many = new float[m * k];
    float[] few = new float[m * k];
    double density = random.nextDouble();
    double kept = random.nextDouble();
    for (int i = 0; i < many.length; i++) {
      many[i] = random.nextDouble() < density ? 1 : 0;
      few[i] = random.nextDouble() < kept ? many[i] : 0;
    }
    many[0] = 0; // a layer without zeros runs on the native library
    few[0] = 0;
    double high = CPU.cost(masked(m, k, n, many)).time().us();
    double low = CPU.cost(masked(m, k, n, few)).time().us();
    assertTrue(low <= high * (1 + 1e-9), low + " and " + high);
  }

  private static Layer masked(int m, int k, int n, float[] values) {
    return Layer.dense("test", new Gemm(m, k, n))
        .withWeights(new Actual(Mask.ofNonZeros(values, m, k)));
  }

  @Test
  void aDenseLayerTakesTheTimeOfTheDenseRun() {
    LayerCost cost = CPU.cost(Layer.dense("test", new Gemm(64, 64, 32)));
    assertEquals(cost.dense(), cost.time());
    assertFalse(cost.verdict().gain());
    assertEquals("no gain: no weight is zero", cost.verdict().toString());
  }

  /**
   * The made-up library: 2000 ns for a call, and (1 + 0.05 * 11) times 0.2 for a weight and vector;
   * 64 x 64 x 16 columns of operands that stay in the second cache. Worked by hand for 16 lanes:
   * 1.55 * (2000 + 4096 * (0.2 + 0.05 + 0.04) + 1024 * 0.05 * 2 + 64 * 0.5) = 5149.4 ns.
   */
  @Test
  void theDenseTimeIsTheSumOfItsTerms() {
    LayerCost cost = CPU.cost(Layer.dense("test", new Gemm(64, 64, 16)));
    int vectors = (16 - 1) / CPU.calibration().conditions().lanes() + 1;
    double expected =
        vectors == 1
            ? 5149.4
            : 1.55 * (2000 + 4096 * (0.2 * vectors + 0.05) + 102.4 + 32.0 * vectors);
    assertEquals(expected / 1000, cost.dense().us(), 0.001);
  }

  @Test
  void saysWhyThereIsNoGain() {
    LayerCost cost = CPU.cost(layer(16, 256, 4, "unstructured", 0.1));
    assertFalse(cost.verdict().gain());
    assertTrue(cost.verdict().reason().contains("each row of X meets 1.6 weights only"));
    LayerCost gain = CPU.cost(layer(512, 512, 196, "block:4x1", 0.05));
    assertTrue(gain.verdict().gain(), gain.verdict()::toString);
    assertTrue(gain.balance().utilization() > 0 && gain.balance().utilization() <= 1);
    assertTrue(gain.energyPj().isEmpty());
    assertEquals(4.0 * 512 * 512 * 0.05, gain.bytes().parts().get("weights"), 4);
  }

  @Test
  void groupsOfAConvolutionTakeTheirTurns() {
    Window window = new Window(3, 1, 1, 1);
    Layer one =
        Layer.dense(
                "one", new Convolution(new ConvolutionShape(16, 8, 8, 16, window, window, 1), 1))
            .withWeights(Unstructured.INSTANCE, 0.25);
    Layer two =
        Layer.dense(
                "two", new Convolution(new ConvolutionShape(32, 8, 8, 32, window, window, 2), 1))
            .withWeights(Unstructured.INSTANCE, 0.25);
    assertEquals(2 * CPU.cost(one).time().us(), CPU.cost(two).time().us(), 1e-6);
  }

  @Test
  void answersASearch() {
    Gemm sample = new Gemm(256, 512, 49);
    LatencyQuery query = LatencyQuery.sparse(sample, Unstructured.INSTANCE, 0.1);
    double us = CPU.cost(layer(256, 512, 49, "unstructured", 0.1)).time().us();
    assertEquals(us, CPU.latencyUs(query).getAsDouble());
    LatencyQuery half =
        new LatencyQuery(
            query.operation(), sample, query.pattern(), query.density(), DataType.FP16, 1);
    assertTrue(CPU.latencyUs(half).isEmpty());
    double dense = CPU.latencyUs(LatencyQuery.dense(sample)).getAsDouble();
    assertEquals(CPU.cost(Layer.dense("x", sample)).time().us(), dense);
  }
}
