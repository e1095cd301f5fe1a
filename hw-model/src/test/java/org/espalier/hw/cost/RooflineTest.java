package org.espalier.hw.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.espalier.hw.arch.CpuMachine;
import org.espalier.hw.arch.MemoryLevel;
import org.espalier.hw.workload.LayerWork;
import org.espalier.sparse.pattern.Unstructured;
import org.junit.jupiter.api.Test;

class RooflineTest {

  /** Vectors of 16 bytes, 8 GFLOP/s, 16 GB/s: round numbers for sums on paper. */
  private static final CpuMachine PAPER =
      new CpuMachine("paper", 1, 4, 8, List.of(new MemoryLevel("all", Long.MAX_VALUE, 16)));

  private static final Roofline ON_PAPER = new Roofline(PAPER, new Assumptions(0.5, 10, 1, 1.05));

  private static LayerWork layer(int m, int k, int n, long kept) {
    return new LayerWork("layer", m, k, n, kept, Unstructured.INSTANCE);
  }

  /**
   * n = 8 makes one panel of two vectors. In ns: inner loop max(compute 50 * 8 * 2 / 8 = 100, loads
   * 50 * (2 * 16 / 16 + 16 / 16) = 150, stream 50 * 8 / 16 = 25); copies 2 * 20 * 8 * 4 / 16 + 10 *
   * 8 * 4 / 16 = 100; overhead 10 rows * 10 + 1000. Dense: 2 * 200 * 8 / (0.5 * 8) = 800, packing 2
   * * 800 / 16 + 2 * 640 / 16 = 180, call 1000.
   */
  @Test
  void aMatrixWorkedByHand() {
    Estimate estimate = ON_PAPER.estimate(layer(10, 20, 8, 50));
    assertEquals(1.35, estimate.sparseTimeUs(), 1e-12);
    assertEquals(1.98, estimate.denseTimeUs(), 1e-12);
    assertEquals(1.98 / 1.35, estimate.speedup(), 1e-12);
    assertEquals(Bound.OVERHEAD, estimate.boundBy());
    assertTrue(estimate.verdict().gain());
  }

  /**
   * As above with two cores: loads 75, copies 80 + 10, overhead 50 + 1000; dense 980 / 2 + 1000.
   */
  @Test
  void twoCoresShareAllButTheCopyOfX() {
    Estimate estimate =
        new Roofline(PAPER.withCores(2), new Assumptions(0.5, 10, 1, 1.05))
            .estimate(layer(10, 20, 8, 50));
    assertEquals(1.215, estimate.sparseTimeUs(), 1e-12);
    assertEquals(1.49, estimate.denseTimeUs(), 1e-12);
  }

  /**
   * n = 1, in ns: gathers 50 * 16 / 16 = 50, writing 10 * 4 / 16 = 2.5, overhead 100 + 1000. Dense:
   * 220 values stream in 880 / 16 = 55 and multiply in 400 / 8 = 50, call 1000.
   */
  @Test
  void aVectorWorkedByHand() {
    Estimate estimate = ON_PAPER.estimate(layer(10, 20, 1, 50));
    assertEquals(1.1525, estimate.sparseTimeUs(), 1e-12);
    assertEquals(1.055, estimate.denseTimeUs(), 1e-12);
    assertFalse(estimate.verdict().gain());
    assertEquals(
        "predicted 0.92 times as fast as dense: the layer is so small that starting rows"
            + " and calls dominates",
        estimate.verdict().reason());
  }

  /** Nine columns take the work of twelve, three vectors of four: the lane efficiency is 3/4. */
  @Test
  void paddingLanesCostAsMuchAsUsefulOnes() {
    Roofline bare = new Roofline(PAPER, new Assumptions(1, 0, 0, 1));
    LayerWork large = layer(10_000, 20, 9, 200_000);
    // Loads: 200000 * (3 * 16 + 16) / 16 = 800000 ns; copies 90 + 22500 ns.
    assertEquals(822.59, bare.estimate(large).sparseTimeUs(), 1e-9);
    assertEquals(Bound.ACTIVATION_LOADS, bare.estimate(large).boundBy());
  }

  @Test
  void verdictsNameTheReason() {
    assertTrue(reason(1000, 1000, 16, 990_000).contains("the density, 0.990, is above"));
    assertTrue(reason(4000, 4000, 1, 15_000_000).contains("with one column, each weight"));
    assertTrue(reason(1, 10_000, 8, 100).contains("so few rows that copying"));
    assertTrue(reason(2, 2, 8, 1).contains("so small that starting rows"));
    Verdict gain = ON_PAPER.estimate(layer(1000, 1000, 8, 100_000)).verdict();
    assertTrue(gain.gain());
    assertTrue(gain.reason().endsWith("loading activations for each multiply-add"), gain::reason);
  }

  private static String reason(int m, int k, int n, long kept) {
    Roofline tunedDense = new Roofline(PAPER, new Assumptions(1, 10, 1, 1.05));
    Estimate estimate = tunedDense.estimate(layer(m, k, n, kept));
    assertFalse(estimate.verdict().gain(), estimate::toString);
    return estimate.verdict().reason();
  }

  @Property(tries = 300, seed = "5")
  void fewerWeightsAreNeverSlower(
      @ForAll @IntRange(min = 1, max = 3000) int m,
      @ForAll @IntRange(min = 1, max = 3000) int k,
      @ForAll @IntRange(min = 1, max = 300) int n) {
    Roofline model = new Roofline(RooflineMeasurementsTest.MACHINE);
    double previous = 0;
    for (int eighth = 0; eighth <= 8; eighth++) {
      Estimate estimate = model.estimate(layer(m, k, n, (long) m * k * eighth / 8));
      assertTrue(estimate.sparseTimeUs() >= previous);
      previous = estimate.sparseTimeUs();
    }
    // And a second core never hurts.
    LayerWork dense = layer(m, k, n, (long) m * k);
    Roofline two = new Roofline(RooflineMeasurementsTest.MACHINE.withCores(2));
    assertTrue(two.estimate(dense).sparseTimeUs() <= previous);
  }

  @Property(tries = 200, seed = "6")
  void breakEvenIsWhereTheVerdictTurns(
      @ForAll @IntRange(min = 1, max = 2000) int m,
      @ForAll @IntRange(min = 1, max = 2000) int k,
      @ForAll @IntRange(min = 1, max = 300) int n) {
    Roofline model = new Roofline(RooflineMeasurementsTest.MACHINE);
    LayerWork layer = layer(m, k, n, 0);
    model
        .breakEvenSparsity(layer)
        .ifPresentOrElse(
            sparsity -> {
              long kept = Math.round((1 - sparsity) * layer.weights());
              assertTrue(model.estimate(layer.withKept(kept)).speedup() >= 1);
              if (kept < layer.weights()) {
                assertTrue(model.estimate(layer.withKept(kept + 1)).speedup() < 1);
              }
            },
            () -> assertTrue(model.estimate(layer).speedup() < 1));
  }

  @Test
  void refusesWhatIsNoAssumption() {
    assertThrows(IllegalArgumentException.class, () -> new Assumptions(0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Assumptions(1.1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Assumptions(1, -1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Assumptions(1, 1, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Assumptions(1, 1, 1, 0.9));
    Verdict verdict = Verdict.gain("x");
    assertThrows(IllegalArgumentException.class, () -> new Estimate(0, 1, Bound.COMPUTE, verdict));
  }
}
