package org.espalier.pruning.djl.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NeighborNormsTest {

  private static final Set<Statistic> BOTH = Set.of(Statistic.PREVIOUS_NORM, Statistic.NEXT_NORM);

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void linearLayersInARow() {
    Block network = Nets.mlp(manager);
    Map<String, float[]> w = Nets.values(network);
    float[] second = w.get("04Linear_weight");
    second[8] = 0;
    byte[] kept = new byte[24];
    Arrays.fill(kept, (byte) 1);
    kept[8] = 0;
    var found = collect(network, Map.of("04Linear_weight", Mask.ofBytes(kept, 3, 8)));
    Map<Statistic, float[]> first = found.get("01Linear_weight");
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, first.get(Statistic.PREVIOUS_NORM));
    // Column k of a 3 x 8 matrix: entries k, 8 + k, 16 + k.
    assertArrayEquals(
        Plain.roots(sums(second, i -> i % 8, 8)), first.get(Statistic.NEXT_NORM), 1e-7f);
    assertArrayEquals(
        Plain.roots(sums(w.get("01Linear_weight"), i -> i / 6, 8)),
        found.get("04Linear_weight").get(Statistic.PREVIOUS_NORM),
        1e-7f);
    assertArrayEquals(new float[] {1, 1, 1}, found.get("04Linear_weight").get(Statistic.NEXT_NORM));
  }

  /** Convolution 5x4x3x3 after 4x2x3x3, pooled to 3x3 and flattened for a linear 3x45. */
  @Test
  void convolutionsAndAFlattenedOne() {
    SequentialBlock features =
        new SequentialBlock()
            .add(Nets.conv3x3(4))
            .add(Activation::relu)
            .add(Nets.conv3x3(5))
            .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    SequentialBlock block =
        new SequentialBlock()
            .add(features)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(Nets.CLASSES).build());
    Block network = Nets.initialized(block, manager, new Shape(1, 2, 6, 6));
    Map<String, float[]> w = Nets.values(network);
    String first = "01SequentialBlock_01Conv2d_weight";
    String second = "01SequentialBlock_03Conv2d_weight";
    String last = "03Linear_weight";
    var found = collect(network, Map.of());
    assertArrayEquals(
        Plain.roots(sums(w.get(first), i -> i / 18, 4)),
        found.get(second).get(Statistic.PREVIOUS_NORM),
        1e-6f);
    assertArrayEquals(
        Plain.roots(sums(w.get(second), i -> i / 9 % 4, 4)),
        found.get(first).get(Statistic.NEXT_NORM),
        1e-6f);
    assertArrayEquals(
        Plain.roots(sums(w.get(last), i -> i % 45 / 9, 5)),
        found.get(second).get(Statistic.NEXT_NORM),
        1e-6f);
    float[] rows = Plain.roots(sums(w.get(second), i -> i / 36, 5));
    float[] flattened = found.get(last).get(Statistic.PREVIOUS_NORM);
    assertEquals(45, flattened.length);
    for (int i = 0; i < 45; i++) {
      assertEquals(rows[i / 9], flattened[i], 1e-6f);
    }
  }

  @Test
  void whereTheChainBreaksTheLayerIsNamed() {
    Block network = Nets.residual(manager);
    String branch = "02ParallelBlock_01SequentialBlock_";
    Map<String, float[]> w = Nets.values(network);
    assertArrayEquals(
        Plain.roots(sums(w.get(branch + "01Conv2d_weight"), i -> i / 36, 5)),
        collect(network, Statistic.PREVIOUS_NORM, branch + "03Conv2d_weight"),
        1e-6f);
    refused(network, Statistic.PREVIOUS_NORM, branch + "01Conv2d_weight", "the end of a branch");
    refused(network, Statistic.NEXT_NORM, branch + "03Conv2d_weight", "the end of a branch");
    refused(network, Statistic.NEXT_NORM, "01Conv2d_weight", "found ParallelBlock");
    refused(network, Statistic.PREVIOUS_NORM, "05Linear_weight", "found ParallelBlock");
  }

  @Test
  void sizesAndKindsThatDoNotChainAreRefused() {
    Linear twice = Linear.builder().setUnits(4).build();
    SequentialBlock shared = new SequentialBlock().add(twice).add(Activation::relu).add(twice);
    Block network = Nets.initialized(shared, manager, new Shape(2, 4));
    refused(network, Statistic.NEXT_NORM, "01Linear_weight", "of Linear, 2 times");
    refused(network, Statistic.NEXT_NORM, "01Linear_bias", "'bias' of Linear");

    // Each 6 x 6 map is halved by a reshape: the linear layer reads half a channel.
    SequentialBlock halves =
        new SequentialBlock()
            .add(Nets.conv3x3(4))
            .addSingleton(array -> array.reshape(-1, 18))
            .add(Linear.builder().setUnits(3).build());
    network = Nets.initialized(halves, manager, new Shape(2, 2, 6, 6));
    refused(network, Statistic.NEXT_NORM, "01Conv2d_weight", "found 18 and 4");

    SequentialBlock recurrent =
        new SequentialBlock()
            .add(LSTM.builder().setStateSize(3).setNumLayers(1).build())
            .add(Linear.builder().setUnits(3).build());
    network = Nets.initialized(recurrent, manager, new Shape(2, 4, 2));
    refused(network, Statistic.PREVIOUS_NORM, "02Linear_weight", "found LSTM");
  }

  private static void refused(Block network, Statistic statistic, String path, String text) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> collect(network, statistic, path));
    assertEquals(path, e.place());
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }

  private static float[] collect(Block network, Statistic statistic, String path) {
    return new NeighborNorms()
        .collect(Nets.probe(network, List.of(), Map.of()), Set.of(statistic), Set.of(path))
        .get(path)
        .get(statistic);
  }

  private static Map<String, Map<Statistic, float[]>> collect(
      Block network, Map<String, Mask> masks) {
    Set<String> weights =
        Set.copyOf(
            network.getParameters().keys().stream()
                .filter(path -> path.endsWith("weight"))
                .toList());
    return new NeighborNorms().collect(Nets.probe(network, List.of(), masks), BOTH, weights);
  }

  /** Sums of squares of the weights with the same key. */
  private static double[] sums(float[] weights, IntUnaryOperator key, int keys) {
    double[] sums = new double[keys];
    for (int i = 0; i < weights.length; i++) {
      sums[key.applyAsInt(i)] += (double) weights[i] * weights[i];
    }
    return sums;
  }
}
