package org.espalier.pruning.djl.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.util.Pair;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** More cases, against counts of a forward pass, are in {@code capture.MeasuredUsesTest}. */
class LayerUsesTest {

  @Test
  void attentionHasACountForEachOfItsInputs() {
    Block attention =
        ScaledDotProductAttentionBlock.builder().setEmbeddingSize(4).setHeadCount(2).build();
    // 7 keys and values, 5 queries, so 5 results.
    Shape keys = new Shape(2, 7, 4);
    assertEquals(
        Map.of(
            "01keyProjection_weight", 7L,
            "02queryProjection_weight", 5L,
            "03valueProjection_weight", 7L,
            "04resultProjection_weight", 5L),
        uses(attention, keys, new Shape(2, 5, 4), keys));
  }

  @Test
  void anUnknownBatchIsLeftOutAndUnknownPositionsAreNotGuessed() {
    SequentialBlock linear = new SequentialBlock().add(Linear.builder().setUnits(3).build());
    assertEquals(Map.of("01Linear_weight", 1L), uses(linear, new Shape(-1, 6)));
    SequentialBlock sequence = new SequentialBlock().add(Linear.builder().setUnits(3).build());
    assertEquals(Map.of(), uses(sequence, new Shape(2, -1, 6)));
  }

  @Test
  void batchAndTimeInOneAxisAreToldApart() {
    SequentialBlock merged =
        new SequentialBlock()
            .addSingleton(array -> array.reshape(-1, 6))
            .add(Linear.builder().setUnits(3).build());
    assertEquals(Map.of("02Linear_weight", 9L), uses(merged, new Shape(4, 9, 6)));
  }

  @Test
  void infosCarryTheCount() {
    SequentialBlock network =
        new SequentialBlock()
            .add(Conv2d.builder().setFilters(2).setKernelShape(new Shape(3, 3)).build());
    try (NDManager manager = NDManager.newBaseManager()) {
      network.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 6, 7));
      var weight = new NetworkParameters(network).infos().get(0);
      // 4 x 5 positions, 2 x 1 x 3 x 3 weights
      assertEquals(20, weight.uses());
      assertEquals(360, weight.macs());
      assertEquals(1, new NetworkParameters(network).infos().get(1).uses());
    }
  }

  private static Map<String, Long> uses(Block network, Shape... inputs) {
    Map<String, Long> byPath = new TreeMap<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      network.initialize(manager, DataType.FLOAT32, inputs);
      Map<Parameter, Long> uses = LayerUses.of(network);
      for (Pair<String, Parameter> pair : network.getParameters()) {
        if (uses.containsKey(pair.getValue())) {
          byPath.put(pair.getKey(), uses.get(pair.getValue()));
        }
      }
    }
    return byPath;
  }
}
