package org.espalier.pruning.djl.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchNormStatisticsTest {

  private static final String PATH = "01Conv2d_weight";

  private final BatchNormStatistics collector = new BatchNormStatistics();
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void scaleIsGammaUnderItsMask() {
    Block network = Nets.convolutional(manager);
    float[] gamma = Nets.values(network).get("02BatchNorm_gamma");
    Map<String, Mask> masks = Map.of("02BatchNorm_gamma", Mask.ofBytes(new byte[] {1, 0, 1, 1}, 4));
    gamma[1] = 0;
    var found =
        collector.collect(
            Nets.probe(network, List.of(), masks), Set.of(Statistic.BN_SCALE), Set.of(PATH));
    assertArrayEquals(gamma, found.get(PATH).get(Statistic.BN_SCALE));
  }

  /** dL/dγ = sum of dL/dy x̂ and dL/dβ = sum of dL/dy, x̂ normalized with the batch itself. */
  @Test
  void gateIsTheGradientOfTraining() {
    Block network = Nets.convolutional(manager);
    List<Sample> samples = Nets.batches(manager, 2, new Shape(Nets.BATCH, 2, 6, 6));
    Map<String, float[]> w = Nets.values(network);
    float[] gamma = w.get("02BatchNorm_gamma");
    float[] beta = w.get("02BatchNorm_beta");
    double[] expected = new double[4];
    for (Sample sample : samples) {
      double[] x = Plain.doubles(sample.data().head().toFloatArray());
      double[] y = Plain.convolution(x, w.get(PATH), w.get("01Conv2d_bias"), 6, 0);
      double[] normalized = Plain.normalize(y, 16, Plain.mean(y, 4, 16), Plain.variance(y, 4, 16));
      double[] scaled = Plain.scale(normalized, 16, gamma, beta);
      double[] upstream =
          Plain.gradientOfInput(
              Plain.relu(scaled),
              w.get("05Linear_weight"),
              w.get("05Linear_bias"),
              sample.labels().head().toFloatArray());
      for (int i = 0; i < upstream.length; i++) {
        int c = i / 16 % 4;
        if (scaled[i] > 0) {
          expected[c] += upstream[i] * (normalized[i] * gamma[c] + beta[c]);
        }
      }
    }
    var found =
        collector.collect(
            Nets.probe(network, samples, Map.of()),
            Set.of(Statistic.BN_GATE, Statistic.BN_SCALE),
            Set.of(PATH));
    assertArrayEquals(Plain.floats(expected), found.get(PATH).get(Statistic.BN_GATE), 2e-6f);
    assertArrayEquals(gamma, found.get(PATH).get(Statistic.BN_SCALE));
  }

  @Test
  void aLayerWithoutBatchNormIsRefused() {
    Probe probe = Nets.probe(Nets.convolutional(manager), List.of(), Map.of());
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () ->
                collector.collect(
                    probe, Set.of(Statistic.BN_SCALE), Set.of(PATH, "05Linear_weight")));
    assertEquals(
        "05Linear_weight: expected a batch norm directly after it in its SequentialBlock for"
            + " bn_scale, found none; exclude it from the group, or choose another criterion for"
            + " it",
        e.getMessage());
  }
}
