package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import java.util.List;
import org.espalier.pruning.report.GroupGraph;
import org.junit.jupiter.api.Test;

class GroupGraphsTest {

  private static final Shape INPUT = new Shape(1, 1, 4, 4);

  /** 5 filters lose one and then two, 6 units lose two at once: the graph tells of all. */
  @Test
  void severalStepsAreOneGraph() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block =
          new SequentialBlock()
              .add(Conv2d.builder().setFilters(5).setKernelShape(new Shape(3, 3)).build())
              .add(Blocks.batchFlattenBlock())
              .add(Linear.builder().setUnits(6).build())
              .add(Linear.builder().setUnits(2).build());
      block.initialize(manager, DataType.FLOAT32, INPUT);
      StructuredNetwork before = StructuredNetwork.of(block, INPUT);
      StructuredNetwork once =
          before.pruned(
              Selection.empty()
                  .with(before.prunable().get(0), 4)
                  .with(before.prunable().get(1), 0, 5));
      StructuredNetwork twice = once.pruned(Selection.empty().with(once.prunable().get(0), 0, 1));
      GroupGraph graph = GroupGraphs.of(before, twice);
      assertEquals(
          List.of(
              new GroupGraph.LayerNode("01Conv2d", 5, 2),
              new GroupGraph.LayerNode("03Linear", 6, 4),
              new GroupGraph.LayerNode("04Linear", 2, 2)),
          graph.layers());
      assertEquals(
          List.of(2, 1, 4, 2), graph.groups().stream().map(GroupGraph.Group::kept).toList());
      // One step, by its selection, or by what became of the network
      Selection one = Selection.empty().with(before.prunable().get(0), 3);
      assertEquals(GroupGraphs.of(before, one), GroupGraphs.of(before, before.pruned(one)));
      once.block().clear();
      twice.block().clear();
    }
  }
}
