package org.espalier.experiments.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import java.util.List;
import org.espalier.examples.data.ImageShape;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.NetworkSize;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.run.PrunedNetwork;
import org.espalier.pruning.structured.run.StructuredPruning;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.junit.jupiter.api.Test;

class FashionNetworkTest {

  private static final Shape INPUT = new Shape(1, 1, 28, 28);

  @Test
  void sizeIsAsCountedByHand() {
    Block block = FashionNetwork.of(new ImageShape(1, 28, 28, 10), 4);
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, INPUT);
      NetworkSize size = StructuredNetwork.of(block, INPUT).size();
      // Filters 4, 8, 16, 16: 9 (4 + 32 + 128 + 256) weights, and 4 numbers of each norm's channel;
      // 144 x 32 + 32 and 32 x 10 + 10 of the linear layers.
      assertEquals(9 * 420 + 4 * 44 + 4640 + 330, size.parameters());
    }
  }

  @Test
  void everyRecipeFitsTheNetwork() {
    Block block = FashionNetwork.of(new ImageShape(1, 28, 28, 10), 16);
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, INPUT);
      NDList images = new NDList(manager.ones(new Shape(2, 1, 28, 28)));
      NDList labels = new NDList(manager.create(new long[] {3, 4}));
      ChannelEvidence evidence =
          ChannelEvidence.of(Loss.softmaxCrossEntropyLoss(), List.of(new Sample(images, labels)));
      for (FashionVariant variant : FashionVariant.all().subList(2, 8)) {
        StructuredRecipe recipe = variant.recipe().get();
        PrunedNetwork pruned =
            StructuredPruning.by(recipe).withEvidence(evidence).prune(block, INPUT);
        double left = (double) pruned.after().flops() / pruned.before().flops();
        assertTrue(left <= 1 - recipe.target().remove(), variant.name() + pruned.table());
        // Four convolutions and the hidden layer, unless it has no norm to be judged by.
        int competitors = variant.name().startsWith("bn-scale") ? 4 : 5;
        assertEquals(competitors, pruned.groups().size(), variant.name());
        pruned.groups().forEach(group -> assertEquals(0, group.after() % 4, pruned.table()));
        pruned.block().clear();
      }
    }
  }
}
