package org.espalier.pruning.djl.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.Loss;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SynapticFlowTest {

  private static final Shape ROWS = new Shape(5, 8);
  private static final String FIRST = "01Linear_weight";
  private static final String SECOND = "03Linear_weight";

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** R = Σ_kji |u_kj| |w_ji|: dR/d|w_ji| = Σ_k |u_kj| and dR/d|u_kj| = Σ_i |w_ji|, under masks. */
  @Test
  void theDerivativeOfATwoLayerNetworkIsTheProductOfTheOtherLayers() {
    Block network = mlp();
    float[] w = Networks.values(network, FIRST);
    float[] u = Networks.values(network, SECOND);
    byte[] kept = new byte[w.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (byte) (i % 3 == 0 ? 0 : 1);
    }
    Mask mask = Mask.ofBytes(kept, 6, 8);
    Map<String, float[]> flow = measure(network, Map.of(FIRST, mask));
    mask.applyTo(w);
    for (int j = 0; j < 6; j++) {
      double in = 0;
      double out = 0;
      for (int i = 0; i < 8; i++) {
        in += Math.abs(w[8 * j + i]);
      }
      for (int k = 0; k < 3; k++) {
        out += Math.abs(u[6 * k + j]);
      }
      for (int i = 0; i < 8; i++) {
        assertEquals((float) out, flow.get(FIRST)[8 * j + i], 1e-6f);
      }
      for (int k = 0; k < 3; k++) {
        assertEquals((float) in, flow.get(SECOND)[6 * k + j], 1e-6f);
      }
    }
  }

  /** Tanaka 2020, theorem 1: what flows into a hidden unit flows out of it. */
  @Test
  void flowIsConservedAtEveryHiddenUnitWhateverTheBiases() {
    Block network = mlp();
    Probe probe = probe(network, Map.of());
    try (NetworkCopy copy =
        new NetworkCopy(probe, Set.of(FIRST, SECOND), DataType.FLOAT64, SynapticFlow::linear)) {
      double[][] weights = copy.weights();
      double[][] gradient = copy.gradient(SynapticFlow.objective(probe, DataType.FLOAT64));
      assertEquals(List.of(FIRST, SECOND), copy.paths());
      for (int j = 0; j < 6; j++) {
        double in = 0;
        double out = 0;
        for (int i = 0; i < 8; i++) {
          in += weights[0][8 * j + i] * gradient[0][8 * j + i];
        }
        for (int k = 0; k < 3; k++) {
          out += weights[1][6 * k + j] * gradient[1][6 * k + j];
        }
        assertTrue(in > 0);
        assertEquals(in, out, 1e-9 * in);
      }
    }
  }

  @Test
  void layersOfAConvolutionNetworkCarryTheSameFlow() {
    Shape input = new Shape(4, 1, 8, 8);
    Block network = Networks.initialize(Networks.convolution(), manager, input, 1);
    List<String> weights = Networks.weights(network);
    Map<String, Map<Statistic, float[]>> flow =
        new SynapticFlow()
            .collect(
                new Probe(
                    network,
                    Loss.softmaxCrossEntropyLoss(),
                    List.of(Networks.classes(manager, input, 2)),
                    Map.of(),
                    0),
                Set.of(Statistic.FLOW_GRADIENT),
                new HashSet<>(weights));
    double[] total = new double[2];
    for (int layer = 0; layer < 2; layer++) {
      float[] values = Networks.values(network, weights.get(layer));
      float[] gradient = flow.get(weights.get(layer)).get(Statistic.FLOW_GRADIENT);
      for (int i = 0; i < values.length; i++) {
        total[layer] += Math.abs((double) values[i]) * gradient[i];
      }
    }
    assertTrue(total[0] > 0);
    assertEquals(total[0], total[1], 1e-6 * total[0]);
  }

  /** Products far beyond single precision come back with one power of two taken out. */
  @Test
  void hugeFlowIsScaledByOnePowerOfTwoForAllParameters() {
    Block network =
        Networks.initialize(
            new SequentialBlock()
                .add(Linear.builder().setUnits(2).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(1).build()),
            manager,
            new Shape(1, 1),
            1);
    set(network, FIRST, 1e20f, 3e20f);
    set(network, SECOND, 0x1p120f, 0x1.8p121f);
    Map<String, float[]> flow =
        measure(new Probe(network, Loss.l2Loss(), List.of(), Map.of(), 0), Set.of(FIRST, SECOND));
    // derivatives 2^120, 3*2^120 and 1e20, 3e20: the factor is 2^-121
    assertArrayEquals(new float[] {0.5f, 1.5f}, flow.get(FIRST));
    assertArrayEquals(
        new float[] {
          (float) Math.scalb((double) 1e20f, -121), (float) Math.scalb((double) 3e20f, -121)
        },
        flow.get(SECOND));
  }

  @Test
  void theShapeComesFromTheNetworkWhereThereIsNoBatch() {
    Block network = mlp();
    Map<String, float[]> withBatch = measure(network, Map.of());
    Map<String, float[]> without =
        measure(new Probe(network, Loss.l2Loss(), List.of(), Map.of(), 0), Set.of(FIRST, SECOND));
    assertArrayEquals(withBatch.get(FIRST), without.get(FIRST));
    assertArrayEquals(withBatch.get(SECOND), without.get(SECOND));
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() {
    Block network = mlp();
    float[] values = Networks.values(network, SECOND);
    values[3] = Float.NaN;
    set(network, SECOND, values);
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> measure(network, Map.of()));
    assertEquals("flow_gradient", refusal.place());
  }

  private static void set(Block network, String path, float... values) {
    Networks.set(network.getParameters().get(path).getArray(), values);
  }

  private Block mlp() {
    return Networks.initialize(Networks.mlp(Activation.reluBlock()), manager, ROWS, 1);
  }

  private Probe probe(Block network, Map<String, Mask> masks) {
    return new Probe(
        network,
        Loss.softmaxCrossEntropyLoss(),
        List.of(Networks.classes(manager, ROWS, 2)),
        masks,
        0);
  }

  private Map<String, float[]> measure(Block network, Map<String, Mask> masks) {
    return measure(probe(network, masks), Set.of(FIRST, SECOND));
  }

  private static Map<String, float[]> measure(Probe probe, Set<String> paths) {
    Map<String, Map<Statistic, float[]>> found =
        new SynapticFlow().collect(probe, Set.of(Statistic.FLOW_GRADIENT), paths);
    return Map.of(
        FIRST, found.get(FIRST).get(Statistic.FLOW_GRADIENT),
        SECOND, found.get(SECOND).get(Statistic.FLOW_GRADIENT));
  }
}
