package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.hw.arch.EseArchitecture;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Uniform;
import org.espalier.hw.workload.Workload;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class EseTest {

  private static final Ese ESE = new Ese(EseArchitecture.PUBLISHED, MachineOptions.DEFAULT);

  private static Layer layer(String name, int m, int k, double density) {
    return Layer.dense(name, new Gemm(m, k, 1)).withWeights(Uniform.ofDensity(m, k, density));
  }

  private static double cycles(Layer layer) {
    return ESE.cost(layer).time().cycles().orElseThrow();
  }

  /** By hand: 1024 outputs + 48; a queue of at most 20 * 32 cycles is hidden behind them. */
  @Test
  void theElementWiseStageBoundsSmallLayers() {
    LayerCost cost = ESE.cost(layer("Wix", 1024, 20, 0.1));
    assertEquals(1072, cost.time().cycles().orElseThrow());
    assertTrue(cost.verdict().reason().contains("element-wise stage"), cost.verdict().reason());
    assertEquals(41 * 5.36 * 1e6, cost.energyPj().total(), 1e-3);
    assertEquals(1072, cost.dense().cycles().orElseThrow());
  }

  /** Dense: 32 rows on each element, 100 columns; a projection first waits for 100 + 48 cycles. */
  @Test
  void waitingLayersPayForTheStageOfTheirInputs() {
    assertEquals(3200, cycles(layer("Wir", 1024, 100, 1)));
    assertEquals(3200 + 148, cycles(layer("Wym", 1024, 100, 1)));
    Workload two =
        new Workload("two", List.of(layer("Wir", 1024, 100, 1), layer("Wym", 1024, 100, 1)));
    assertEquals((3200 + 3348 + 1072) / 200.0, ESE.sequenceUs(two), 1e-12);
  }

  /** A stream of half an element's need a cycle: twice the entries of an element. */
  @Test
  void theStreamOfWeightsCanBoundALayer() {
    EseArchitecture p = EseArchitecture.PUBLISHED;
    EseArchitecture slow =
        new EseArchitecture(
            p.pes(), p.channels(), 8, 200, 4, 32, p.stageLatency(), p.watts(), p.waiting());
    LayerCost cost = new Ese(slow, MachineOptions.DEFAULT).cost(layer("Wir", 1024, 100, 1));
    assertEquals(6400, cost.time().cycles().orElseThrow());
    assertTrue(cost.verdict().reason().contains("stream"), cost.verdict().reason());
  }

  @Test
  void zeroInputsAreNotSkipped() {
    Mask weights = Uniform.ofDensity(1024, 200, 0.3).draw(1);
    Layer layer = layer("Wir", 1024, 200, 1).withWeights(new Actual(weights));
    assertEquals(cycles(layer), cycles(layer.withActivations(0.1)));
  }
}
