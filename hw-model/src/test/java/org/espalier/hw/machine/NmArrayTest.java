package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.hw.arch.NmArrayArchitecture;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.pattern.NofM;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NmArrayTest {

  private static final NmArrayArchitecture ARRAY = NmArrayArchitecture.sparseTensorCore();

  private static Layer layer(String pattern, double density) {
    return Layer.dense("fc", new Gemm(128, 1152, 1024))
        .withType(DataType.INT8)
        .withWeights(SparsityPattern.parse(pattern), density);
  }

  @ParameterizedTest
  @CsvSource({
    "2:4, 0.5, 2, GAIN, all that 2:4 promises",
    "2:8, 0.25, 2, GAIN, of the 4.00 of 2:8: the register file delivers 2.0",
    "1:2, 0.5, 2, GAIN, all that 2:4 promises",
    "4:8, 0.5, 1, NO_GAIN, 'which 4:8 does not promise; the array knows 2:4, 2:6, 2:8'",
    "unstructured, 0.1, 1, NO_GAIN, unstructured zeros lie anywhere",
    "unstructured, 1, 1, NO_GAIN, the weights have no zeros"
  })
  void patternsGainWhatOperandsAllow(
      String pattern, double density, double speedup, Verdict.Kind kind, String reason) {
    LayerCost cost = new NmArray(ARRAY).cost(layer(pattern, density));
    assertEquals(speedup, cost.speedup());
    assertEquals(kind, cost.verdict().kind(), cost.verdict().toString());
    assertTrue(cost.verdict().reason().contains(reason), cost.verdict().toString());
  }

  /** 128 1152 1024 / 1024 dense; slots of 2:6 a third of that, operands a half. */
  @Test
  void registerFileLimitsSparserGroups() {
    LayerCost cost = new NmArray(ARRAY).cost(layer("2:6", 2.0 / 6));
    assertEquals(147456, cost.dense().cycles().orElseThrow());
    assertEquals(147456 / 2, cost.time().cycles().orElseThrow());
    assertEquals(147456 / 3 / 1410.0, cost.time().theoreticalUs(), 1e-9);
    assertEquals(2.0 / 3, cost.balance().loadBalance(), 1e-12);
  }

  /** With 3 and 4 operands per multiplier the same groups reach 3 and 4. */
  @Test
  void moreOperandsReachThePromise() {
    for (int group : new int[] {6, 8}) {
      NmArrayArchitecture wide =
          new NmArrayArchitecture("wide", 1024, 512.0 * group, ARRAY.patterns(), 1000);
      String pattern = "2:" + group;
      assertEquals(
          group / 2.0, new NmArray(wide).cost(layer(pattern, 2.0 / group)).speedup(), 1e-12);
    }
  }

  /** An array without spare operands gains nothing, and says so. */
  @Test
  void operandsForDenseProductsGainNothing() {
    NmArrayArchitecture narrow =
        new NmArrayArchitecture("narrow", 1024, 1024, List.of(new NofM(2, 4)), 1000);
    LayerCost cost = new NmArray(narrow).cost(layer("2:4", 0.5));
    assertEquals(1, cost.speedup());
    assertTrue(cost.verdict().reason().contains("delivers 1.0 activations per multiplier"));
  }

  /**
   * 2 x 4 weights 2:4, 3 columns: 24 products take 12 slots of 0.3 pJ; bits at 10/64: 12 x 8 of
   * weights, 12 x 2 of metadata, 24 x 8 of activations, 6 x 64 of sums; DRAM 4 x 10 + 12 x 8 + 6 x
   * 8 bits at 20.
   */
  @Test
  void energyByComponent() {
    Layer layer =
        Layer.dense("fc", new Gemm(2, 4, 3))
            .withType(DataType.INT8)
            .withWeights(new NofM(2, 4), 0.5);
    var parts = new NmArray(ARRAY).cost(layer).energyPj().parts();
    assertEquals(12 * 0.3, parts.get("multiply-adds"), 1e-9);
    assertEquals(12 * 8 * 10 / 64.0, parts.get("weights"), 1e-9);
    assertEquals(12 * 2 * 10 / 64.0, parts.get("metadata"), 1e-9);
    assertEquals(24 * 8 * 10 / 64.0, parts.get("activations"), 1e-9);
    assertEquals(6 * 64 * 10 / 64.0, parts.get("partial sums"), 1e-9);
    assertEquals((4 * 10 + 12 * 8 + 6 * 8) * 20, parts.get("dram"), 1e-9);
  }
}
