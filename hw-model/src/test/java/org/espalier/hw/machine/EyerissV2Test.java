package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.espalier.hw.arch.EyerissV2Pe;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class EyerissV2Test {

  private static final Machine PE = new EyerissV2(EyerissV2Pe.PUBLISHED);

  @Property(tries = 100, seed = "1")
  void keepsTheContract(@ForAll long seed) {
    NestedLayers.check(PE, seed);
  }

  /**
   * By hand. W = (1 0 1; 1 1 0), X = (1 0; 1 1; 0 0): columns of W have 2, 1, 1 non-zeros, rows of
   * X 1, 2, 0: 2 + 2 + 0 = 4 cycles of 12. At 200 MHz a cycle takes 0.005 us. One pass: 3
   * activations. Energy: 4 (.561 + .477 + .884 + 2 * .167) + 3 (.130 + .149) pJ.
   */
  @Test
  void costsWhatCountingSays() {
    Layer layer =
        Layer.dense("l", new Gemm(2, 3, 2))
            .withWeights(new Actual(Mask.ofBytes(new byte[] {1, 0, 1, 1, 1, 0}, 2, 3)))
            .withActivations(new Actual(Mask.ofBytes(new byte[] {1, 0, 1, 1, 0, 0}, 3, 2)));
    LayerCost cost = PE.cost(layer);
    assertEquals(4, cost.time().cycles().orElseThrow());
    assertEquals(0.02, cost.time().us(), 1e-15);
    assertEquals(3, cost.speedup(), 1e-12);
    assertEquals(4 * 2.256 + 3 * 0.279, cost.energyPj().total(), 1e-12);
    Map<String, Double> bytes = cost.bytes().parts();
    assertEquals((4 * 12 + 3 * 7) / 8.0, bytes.get("weights in"));
    assertEquals((3 * 12 + 3 * 4) / 8.0, bytes.get("activations in"));
    assertEquals(4 * 12 / 8.0, bytes.get("weight spad"));
    assertEquals(2 * 4 * 20 / 8.0, bytes.get("partial sum spad"));
    assertTrue(cost.verdict().gain());
  }

  /** 33 outputs take two passes of 32 partial sums: each activation is read twice. */
  @Test
  void readsActivationsOnceForEachPass() {
    LayerCost cost = PE.cost(Layer.dense("l", new Gemm(33, 1, 5)));
    assertEquals(5 * 2 * 12 / 8.0, cost.bytes().parts().get("activation spad"));
    assertFalse(cost.verdict().gain());
    assertEquals(
        "no gain: 1.000 of the weights and 1.000 of the activations are left, "
            + "and every product of two of them takes a cycle",
        cost.verdict().toString());
  }
}
