package org.espalier.hw.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.junit.jupiter.api.Test;

class LayerCostTest {

  @Test
  void partsAddUp() {
    Breakdown energy = Breakdown.NONE.plus("multiply", 1.5).plus("read", 2).plus("multiply", 1);
    assertEquals(List.of("multiply", "read"), List.copyOf(energy.parts().keySet()));
    assertEquals(4.5, energy.total());
    assertTrue(Breakdown.NONE.isEmpty());
    assertThrows(IllegalArgumentException.class, () -> Breakdown.NONE.plus("read", -1));
    assertThrows(IllegalArgumentException.class, () -> new Breakdown(Map.of("x", Double.NaN)));
  }

  @Test
  void cyclesBecomeTimes() {
    RunTime time = RunTime.ofCycles(1600, 800, 800);
    assertEquals(2, time.us());
    assertEquals(1, time.theoreticalUs());
    assertTrue(RunTime.ofUs(3, 2).cycles().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> RunTime.ofUs(0, 0));
  }

  @Test
  void speedIsDenseOverSparse() {
    LayerCost cost =
        new LayerCost(
            Layer.dense("fc", new Gemm(1, 1, 1)),
            RunTime.ofUs(2, 1),
            RunTime.ofUs(5, 5),
            Breakdown.NONE,
            Breakdown.NONE,
            new Balance(0.5, 0.75, 0.25),
            Verdict.gain("x"));
    assertEquals(2.5, cost.speedup());
    assertThrows(IllegalArgumentException.class, () -> new Balance(1.1, 1, 1));
  }

  @Test
  void verdictsSayWhy() {
    assertEquals("no gain: too small", Verdict.noGain("too small").toString());
    assertFalse(Verdict.doesNotFit("x").gain());
    assertTrue(Verdict.gain("x").gain());
    assertThrows(IllegalArgumentException.class, () -> Verdict.gain(" "));
  }
}
