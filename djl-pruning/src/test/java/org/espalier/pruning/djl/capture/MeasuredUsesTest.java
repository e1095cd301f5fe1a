package org.espalier.pruning.djl.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeasuredUsesTest {

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void convolutionsCountTheirOutputPositions() {
    SequentialBlock block =
        new SequentialBlock()
            .add(
                Conv2d.builder()
                    .setFilters(2)
                    .setKernelShape(new Shape(3, 3))
                    .optStride(new Shape(2, 2))
                    .build())
            .add(Activation::relu)
            .add(Nets.conv3x3(4))
            .addSingleton(array -> array.reshape(array.getShape().get(0), -1))
            .add(Linear.builder().setUnits(3).build());
    Block network = Nets.initialized(block, manager, new Shape(4, 2, 7, 9));
    // (7 - 3) / 2 + 1 = 3 rows, (9 - 3) / 2 + 1 = 4 columns; padded, the next keeps them.
    Map<String, Long> expected =
        Map.of("01Conv2d_weight", 12L, "03Conv2d_weight", 12L, "05Linear_weight", 1L);
    assertEquals(expected, recorded(network));
    assertEquals(expected, measured(network, new Shape(2, 2, 7, 9)));
  }

  @Test
  void sequencesCountTheirSteps() {
    SequentialBlock block =
        new SequentialBlock()
            .add(GRU.builder().setStateSize(3).setNumLayers(1).optHasBiases(false).build())
            .add(Linear.builder().setUnits(4).build())
            .add(new TransformerEncoderBlock(4, 2, 6, 0.1f, Activation::relu))
            .addSingleton(array -> array.reshape(-1, 4))
            .add(Linear.builder().setUnits(3).build());
    Block network = Nets.initialized(block, manager, new Shape(2, 5, 2));
    Map<String, Long> recorded = recorded(network);
    assertEquals(recorded, measured(network, new Shape(2, 5, 2)));
    assertEquals(2 + 1 + 6 + 1, recorded.size());
    recorded.forEach((path, uses) -> assertEquals(5, uses, path));
  }

  @Test
  void aLayerCalledTwiceIsMeasuredButNotRecorded() {
    Linear twice = Linear.builder().setUnits(4).build();
    SequentialBlock block = new SequentialBlock().add(twice).add(Activation::relu).add(twice);
    Block network = Nets.initialized(block, manager, new Shape(2, 4));
    NetworkParameters parameters = new NetworkParameters(network);
    assertEquals(OptionalLong.empty(), parameters.uses("01Linear_weight"));
    assertEquals(1, parameters.infos().get(0).uses());
    assertEquals(Map.of("01Linear_weight", 2L), measured(network, new Shape(2, 4)));
  }

  /** Loading a linear layer leaves another input shape in it than initializing does. */
  @Test
  void aLoadedNetworkHasTheSameCounts() throws Exception {
    Block network = sequence();
    Nets.initialized(network, manager, new Shape(2, 5, 7));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    network.saveParameters(new DataOutputStream(bytes));
    Block loaded = sequence();
    loaded.loadParameters(
        manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertEquals(Map.of("01Linear_weight", 5L), recorded(network));
    assertEquals(Map.of("01Linear_weight", 5L), recorded(loaded));
  }

  private static Block sequence() {
    return new SequentialBlock().add(Linear.builder().setUnits(4).build());
  }

  private static Map<String, Long> recorded(Block network) {
    NetworkParameters parameters = new NetworkParameters(network);
    Map<String, Long> uses = new TreeMap<>();
    for (String path : parameters.byPath().keySet()) {
      parameters.uses(path).ifPresent(count -> uses.put(path, count));
    }
    return uses;
  }

  private Map<String, Long> measured(Block network, Shape shape) {
    return MeasuredUses.of(network, new NDList(manager.ones(shape)));
  }
}
