package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recurrent blocks in two directions, without biases as DJL runs no others: what is removed is what
 * zeros in its place are.
 */
class BidirectionalRemovalTest {

  private static final Shape INPUT = new Shape(2, 4, 3);

  private static RecurrentBlock.BaseBuilder<?> builder(String cell) {
    return switch (cell) {
      case "lstm" -> LSTM.builder();
      case "gru" -> GRU.builder();
      case "relu" -> RNN.builder().setActivation(RNN.Activation.RELU);
      default -> RNN.builder().setActivation(RNN.Activation.TANH);
    };
  }

  private static Block built(RecurrentBlock.BaseBuilder<?> builder) {
    if (builder instanceof LSTM.Builder lstm) {
      return lstm.build();
    }
    return builder instanceof GRU.Builder gru ? gru.build() : ((RNN.Builder) builder).build();
  }

  @ParameterizedTest
  @CsvSource({"lstm,1", "lstm,3", "gru,1", "gru,2", "relu,2", "tanh,1", "tanh,2"})
  void prunedIsMasked(String cell, int layers) {
    RecurrentBlock.BaseBuilder<?> builder = builder(cell);
    builder.setStateSize(5);
    builder.setNumLayers(layers);
    builder.optBidirectional(true);
    builder.optHasBiases(false);
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(6).build())
            .add(built(builder))
            .add(Linear.builder().setUnits(2).build());
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, INPUT);
      Transformers.fill(block, 3, manager);
      StructuredNetwork network = StructuredNetwork.of(block, INPUT);
      List<ChannelGroup> groups = network.prunable();
      assertEquals(List.of(6, 5), groups.stream().map(ChannelGroup::size).toList());
      Selection selection = Selection.empty().with(groups.get(0), 4).with(groups.get(1), 0, 3);
      Block small = network.without(selection);
      assertEquals(
          small.getParameters().values().stream().mapToLong(p -> p.getArray().size()).sum(),
          network.size(selection).parameters());
      assertEquals(network.op(selection), StructuredNetwork.of(small, INPUT).op());
      NDArray input = manager.randomNormal(INPUT);
      float[] whole = Networks.run(block, input, manager);
      selection.slices().forEach(slice -> Transformers.scale(block, slice, 0, manager));
      float[] masked = Networks.run(block, input, manager);
      float[] pruned = Networks.run(small, input, manager);
      assertArrayEquals(masked, pruned, 1e-5f);
      assertTrue(Math.abs(whole[0] - pruned[0]) > 1e-3, "nothing was removed");
      small.clear();
    }
  }
}
