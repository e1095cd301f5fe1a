package org.espalier.pruning.structured.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import java.util.List;
import org.espalier.pruning.core.reconstruction.GreedyLoss;
import org.espalier.pruning.core.reconstruction.LeastSquares;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.Transformers;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** What is read by something else than linear layers and convolutions is not fitted anew. */
class ReaderRefusalsTest {

  private static void refused(Bench bench, ChannelGroup group, String reader) {
    StructuredNetwork network = bench.network();
    Samples samples = bench.samples(1, 4);
    Selection selection = Selection.empty().with(group, 0);
    List<Reconstruction> ways =
        List.of(
            new Refitting(selection, samples, LeastSquares.INSTANCE),
            new Reducing(group, 1, 1, samples, GreedyLoss.INSTANCE, LeastSquares.INSTANCE));
    for (Reconstruction way : ways) {
      InvalidInputException e = assertThrows(InvalidInputException.class, () -> way.apply(network));
      assertEquals("group " + group.name(), e.place());
      assertEquals("channels that linear layers and convolutions read", e.expected());
      assertTrue(e.found().contains(reader), e.found());
      assertEquals(
          "choose another group, or remove its channels without reconstruction", e.remedy());
    }
  }

  @Test
  void recurrentReaders() {
    List<Block> cells =
        List.of(
            LSTM.builder().setStateSize(3).setNumLayers(1).build(),
            GRU.builder().setStateSize(3).setNumLayers(1).build(),
            RNN.builder()
                .setStateSize(3)
                .setNumLayers(1)
                .setActivation(RNN.Activation.TANH)
                .build());
    for (Block cell : cells) {
      String name = "02" + cell.getClass().getSimpleName() + "_l_0_";
      try (Bench bench = new Bench(new Shape(1, 4, 7), Bench.linear(5), cell, Bench.linear(2))) {
        refused(bench, bench.network().prunable().get(0), name + "i2h_WEIGHT");
        refused(bench, bench.network().prunable().get(1), name + "h2h_WEIGHT");
      }
    }
  }

  /** Heads and hidden units of an encoder. */
  @Test
  void readersInTransformers() {
    try (Bench bench = new Bench(new Shape(1, 5, Transformers.WIDTH), Transformers.encoder(3, 4))) {
      List<ChannelGroup> groups = bench.network().prunable();
      assertEquals(2, groups.size());
      for (ChannelGroup group : groups) {
        refused(bench, group, "01TransformerEncoderBlock_");
      }
    }
  }
}
