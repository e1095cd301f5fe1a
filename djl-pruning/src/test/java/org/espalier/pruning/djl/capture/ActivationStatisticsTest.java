package org.espalier.pruning.djl.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.recurrent.LSTM;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivationStatisticsTest {

  private static final Set<Statistic> ALL =
      EnumSet.of(
          Statistic.INPUT_NORM,
          Statistic.INPUT_VARIANCE,
          Statistic.ZERO_FRACTION,
          Statistic.ACTIVATION_TAYLOR);

  /** The engine computes in single precision; the expected numbers come from double. */
  private static final float ENGINE = 2e-6f;

  private final ActivationStatistics collector = new ActivationStatistics();
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void anMlpAsInPlainJava() {
    Block network = Nets.mlp(manager);
    List<Sample> samples = Nets.batches(manager, 2, new Shape(Nets.BATCH, 6));
    Map<String, float[]> w = Nets.values(network);
    float[] mask = new float[48];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextInt(2);
      w.get("01Linear_weight")[i] *= mask[i];
    }
    Probe probe =
        Nets.probe(network, samples, Map.of("01Linear_weight", Mask.ofNonZeros(mask, 8, 6)));

    double[] x = {};
    double[] a = {};
    double[] taylor = new double[8];
    for (Sample sample : samples) {
      double[] batch = Plain.doubles(sample.data().head().toFloatArray());
      double[] hidden =
          Plain.relu(Plain.linear(batch, w.get("01Linear_weight"), w.get("01Linear_bias")));
      double[] gradient =
          Plain.gradientOfInput(
              hidden,
              w.get("04Linear_weight"),
              w.get("04Linear_bias"),
              sample.labels().head().toFloatArray());
      double[] dot = Plain.dot(hidden, gradient, 8, 1);
      for (int f = 0; f < 8; f++) {
        taylor[f] += dot[f] / (2 * Nets.BATCH);
      }
      x = Plain.join(x, batch);
      a = Plain.join(a, hidden);
    }
    var found = collector.collect(probe, ALL, Set.of("01Linear_weight", "04Linear_weight"));
    Map<Statistic, float[]> first = found.get("01Linear_weight");
    // The inputs are the same floats, so only the rounding at the end is left.
    assertArrayEquals(Plain.roots(Plain.dot(x, x, 6, 1)), first.get(Statistic.INPUT_NORM), 1e-7f);
    assertArrayEquals(
        Plain.floats(Plain.variance(x, 6, 1)), first.get(Statistic.INPUT_VARIANCE), 1e-7f);
    assertArrayEquals(zeroFractions(a, 8, 1), first.get(Statistic.ZERO_FRACTION));
    assertArrayEquals(Plain.floats(taylor), first.get(Statistic.ACTIVATION_TAYLOR), ENGINE);
    Map<Statistic, float[]> second = found.get("04Linear_weight");
    assertArrayEquals(Plain.roots(Plain.dot(a, a, 8, 1)), second.get(Statistic.INPUT_NORM), ENGINE);
    assertArrayEquals(new float[3], second.get(Statistic.ZERO_FRACTION));
    assertEquals(3, second.get(Statistic.ACTIVATION_TAYLOR).length);
  }

  @Test
  void aConvolutionCountsZerosAfterNormAndRelu() {
    Block network = Nets.convolutional(manager);
    List<Sample> samples = Nets.batches(manager, 1, new Shape(Nets.BATCH, 2, 6, 6));
    Map<String, float[]> w = Nets.values(network);
    double[] x = Plain.doubles(samples.get(0).data().head().toFloatArray());
    double[] y = Plain.convolution(x, w.get("01Conv2d_weight"), w.get("01Conv2d_bias"), 6, 0);
    double[] normalized =
        Plain.normalize(
            y,
            16,
            Plain.doubles(w.get("02BatchNorm_runningMean")),
            Plain.doubles(w.get("02BatchNorm_runningVar")));
    double[] a =
        Plain.relu(
            Plain.scale(normalized, 16, w.get("02BatchNorm_gamma"), w.get("02BatchNorm_beta")));
    double[] gradient =
        Plain.gradientOfInput(
            a,
            w.get("05Linear_weight"),
            w.get("05Linear_bias"),
            samples.get(0).labels().head().toFloatArray());
    var found =
        collector.collect(
            Nets.probe(network, samples, Map.of()),
            ALL,
            Set.of("01Conv2d_weight", "05Linear_weight"));
    Map<Statistic, float[]> first = found.get("01Conv2d_weight");
    assertArrayEquals(Plain.roots(Plain.dot(x, x, 2, 36)), first.get(Statistic.INPUT_NORM), 1e-6f);
    assertArrayEquals(
        Plain.floats(Plain.variance(x, 2, 36)), first.get(Statistic.INPUT_VARIANCE), 1e-7f);
    assertArrayEquals(zeroFractions(a, 4, 16), first.get(Statistic.ZERO_FRACTION));
    assertTrue(first.get(Statistic.ZERO_FRACTION)[0] > 0);
    assertArrayEquals(
        Plain.floats(Plain.divided(Plain.dot(a, gradient, 4, 16), Nets.BATCH * 16)),
        first.get(Statistic.ACTIVATION_TAYLOR),
        ENGINE);
    // Flattened: channel, row, column.
    assertArrayEquals(
        Plain.roots(Plain.dot(a, a, 64, 1)),
        found.get("05Linear_weight").get(Statistic.INPUT_NORM),
        1e-5f);
  }

  @Test
  void branchesOfAResidualNetworkAreSeen() {
    Block network = Nets.residual(manager);
    List<Sample> samples = Nets.batches(manager, 2, new Shape(Nets.BATCH, 2, 6, 6));
    Map<String, float[]> w = Nets.values(network);
    String branch = "02ParallelBlock_01SequentialBlock_";
    double[] stem = {};
    double[] inner = {};
    for (Sample sample : samples) {
      double[] x = Plain.doubles(sample.data().head().toFloatArray());
      double[] y = Plain.convolution(x, w.get("01Conv2d_weight"), w.get("01Conv2d_bias"), 6, 1);
      stem = Plain.join(stem, y);
      inner =
          Plain.join(
              inner,
              Plain.relu(
                  Plain.convolution(
                      y,
                      w.get(branch + "01Conv2d_weight"),
                      w.get(branch + "01Conv2d_bias"),
                      6,
                      1)));
    }
    var found =
        collector.collect(
            Nets.probe(network, samples, Map.of()),
            ALL,
            Set.of(branch + "01Conv2d_weight", branch + "03Conv2d_weight", "01Conv2d_weight"));
    Map<Statistic, float[]> first = found.get(branch + "01Conv2d_weight");
    assertArrayEquals(
        Plain.roots(Plain.dot(stem, stem, 4, 36)), first.get(Statistic.INPUT_NORM), 1e-4f);
    assertArrayEquals(zeroFractions(inner, 5, 36), first.get(Statistic.ZERO_FRACTION));
    Map<Statistic, float[]> second = found.get(branch + "03Conv2d_weight");
    assertArrayEquals(
        Plain.roots(Plain.dot(inner, inner, 5, 36)), second.get(Statistic.INPUT_NORM), 1e-4f);
    // The activation after the sum is not this layer's own.
    assertArrayEquals(new float[4], second.get(Statistic.ZERO_FRACTION));
    assertArrayEquals(new float[4], found.get("01Conv2d_weight").get(Statistic.ZERO_FRACTION));
  }

  /** 1e8 + {0, 8}: both are floats, their squares lose the difference even in double. */
  @Test
  void varianceOfLargeValuesIsExact() {
    FeatureMoments moments = new FeatureMoments(1);
    moments.add(new Features(new float[] {1e8f, 1e8f, 1e8f}, 3, 1, 1));
    moments.add(new Features(new float[] {1e8f + 8, 1e8f + 8, 1e8f + 8}, 1, 1, 3));
    assertArrayEquals(new float[] {16}, moments.variances());
  }

  @Test
  void aRecurrentBlockShowsItsInputOnly() {
    SequentialBlock network = new SequentialBlock();
    network.add(LSTM.builder().setStateSize(3).setNumLayers(1).build());
    Nets.initialized(network, manager, new Shape(Nets.BATCH, 4, 2));
    List<Sample> samples = Nets.batches(manager, 1, new Shape(Nets.BATCH, 4, 2));
    Probe probe = Nets.probe(network, samples, Map.of());
    double[] x = Plain.doubles(samples.get(0).data().head().toFloatArray());
    String input = "01LSTM_l_0_i2h_WEIGHT";
    assertArrayEquals(
        Plain.roots(Plain.dot(x, x, 2, 1)),
        collector
            .collect(probe, Set.of(Statistic.INPUT_NORM), Set.of(input))
            .get(input)
            .get(Statistic.INPUT_NORM),
        1e-6f);
    refused(probe, Statistic.INPUT_NORM, "01LSTM_l_0_h2h_WEIGHT", "'l_0_h2h_WEIGHT' of LSTM");
    refused(probe, Statistic.ZERO_FRACTION, input, "'l_0_i2h_WEIGHT' of LSTM");
  }

  @Test
  void groupedConvolutionsHaveNoInputStatistics() {
    SequentialBlock network = new SequentialBlock();
    network.add(
        Conv2d.builder().setFilters(4).setKernelShape(new Shape(1, 1)).optGroups(2).build());
    Nets.initialized(network, manager, new Shape(Nets.BATCH, 2, 6, 6));
    List<Sample> samples = Nets.batches(manager, 1, new Shape(Nets.BATCH, 2, 6, 6));
    Probe probe = Nets.probe(network, samples, Map.of());
    refused(probe, Statistic.INPUT_NORM, "01Conv2d_weight", "found 2; exclude it");
    String path = "01Conv2d_weight";
    assertEquals(
        4,
        collector
            .collect(probe, Set.of(Statistic.ZERO_FRACTION), Set.of(path))
            .get(path)
            .get(Statistic.ZERO_FRACTION)
            .length);
    refused(probe, Statistic.ZERO_FRACTION, "no_such", "a parameter of the network");
    refused(probe, Statistic.ZERO_FRACTION, "01Conv2d_bias", "'bias' of Conv2d");
  }

  private void refused(Probe probe, Statistic statistic, String path, String text) {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> collector.collect(probe, Set.of(statistic), Set.of(path)));
    assertEquals(path, e.place());
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }

  private static float[] zeroFractions(double[] a, int features, int positions) {
    double[] zeros = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      zeros[i] = a[i] == 0 ? 1 : 0;
    }
    return Plain.floats(Plain.mean(zeros, features, positions));
  }
}
