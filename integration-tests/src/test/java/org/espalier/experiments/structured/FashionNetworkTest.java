package org.espalier.experiments.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.espalier.examples.data.ImageShape;
import org.espalier.pruning.structured.NetworkSize;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.run.PrunedNetwork;
import org.espalier.pruning.structured.run.StructuredPruning;
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
      FashionVariant l1 = FashionVariant.all().get(3);
      PrunedNetwork pruned = StructuredPruning.by(l1.recipe().get()).prune(block, INPUT);
      assertTrue(2 * pruned.after().flops() <= pruned.before().flops(), pruned.table());
      // 16, 32, 64, 64 and 128 units of the hidden layer compete.
      assertEquals(5, pruned.groups().size());
      pruned.groups().forEach(group -> assertEquals(0, group.after() % 4, pruned.table()));
      pruned.block().clear();
    }
  }
}
