package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.hw.arch.DualSideArchitecture;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.pattern.Unstructured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DualSideTensorCoreTest {

  private static final DualSideTensorCore CORE =
      new DualSideTensorCore(DualSideArchitecture.wang());

  private static Layer layer(int m, int k, int n, double weights, double activations) {
    return Layer.dense("fc", new Gemm(m, k, n))
        .withType(DataType.INT8)
        .withWeights(Unstructured.INSTANCE, weights)
        .withActivations(activations);
  }

  /** M N K / 1024, as Sparseloop's case study has it for dense products. */
  @Test
  void denseProductsFillTheMultipliers() {
    LayerCost cost = CORE.cost(layer(128, 1152, 1024, 1, 1));
    assertEquals(147456, cost.time().cycles().orElseThrow());
    assertEquals(cost.dense(), cost.time());
    assertEquals(1, cost.balance().utilization());
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096, 4096, 0.5, 0.5, GAIN, slices fill up to 8 x 16",
    "4096, 4096, 4096, 1, 1, NO_GAIN, no operand has zeros",
    "4096, 4096, 4096, 0.9, 1, NO_GAIN, a slice of 32 loses 8 activations or 16 weights",
    "4096, 4096, 1, 0.97, 1, NO_GAIN, the shared memory is the limit"
  })
  void verdictsSayWhy(
      int m, int k, int n, double weights, double activations, Verdict.Kind kind, String reason) {
    Verdict verdict = CORE.cost(layer(m, k, n, weights, activations)).verdict();
    assertEquals(kind, verdict.kind(), verdict.toString());
    assertTrue(verdict.reason().contains(reason), verdict.toString());
  }

  /**
   * One column: words are 4096^2 weights and bitmaps of 1/8 of that, and 4096 activations for each
   * of 32 blocks with theirs, 42 per cycle; the 128 instructions per input would take 4096 x 256 /
   * 8.
   */
  @Test
  void narrowProductsWaitForTheSharedMemory() {
    double words = 4096.0 * 4096 * 1.125 + 32 * 4096 * 1.125;
    double cycles = CORE.cost(layer(4096, 4096, 1, 1, 1)).time().cycles().orElseThrow();
    assertEquals(words / 42, cycles, 1e-6);
  }

  /**
   * 32 outputs and columns, 10 inputs, int8, dense. Products 10240 at 0.3 pJ; 640 words of 8 bits
   * and 80 of bitmaps at 20/64 pJ a bit; sums 64 bits at 10/64; 640 + 80 + 1024 words of DRAM at
   * 20.
   */
  @Test
  void energyByComponent() {
    var parts = CORE.cost(layer(32, 10, 32, 1, 1)).energyPj().parts();
    assertEquals(10240 * 0.3, parts.get("multiply-adds"), 1e-6);
    assertEquals(640 * 8 * 20 / 64.0, parts.get("operands"), 1e-6);
    assertEquals(80 * 8 * 20 / 64.0, parts.get("bitmaps"), 1e-6);
    assertEquals(10240 * 10.0, parts.get("partial sums"), 1e-6);
    assertEquals((640 + 80 + 1024) * 8 * 20.0, parts.get("dram"), 1e-6);
  }
}
